#!/usr/bin/env bash
# Runs a client of 2015, and a bridge of 2016, against the example homeserver: starts the jar on a free port, takes two
# users through a room's life, stops it; then the same for a user and the ghosts of a bridge that is registered with it.
# Needs Node 18 or newer; downloads the client and the bridge once.
#
#   run.sh [homeserver.jar]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

READY_WITHIN=60 # seconds

fail() {
  echo "$0: $*" >&2
  exit 1
}

jar=${1:-$here/../target/homeserver.jar}
[ -f "$jar" ] ||
  fail "no jar at $jar; build it with: mvn -DskipTests package -pl examples/homeserver -am"
jar=$(cd "$(dirname "$jar")" && pwd)/$(basename "$jar")

java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
fi
command -v "$java" >/dev/null || fail "no java; install one, or name its home in JAVA_HOME"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  fail "no node or no npm; install Node 18 or newer"
fi
node_version=$(node -p 'process.versions.node.split(".")[0]')
[ "$node_version" -ge 18 ] || fail "Node is version $node_version; 18 or newer is needed"

cd "$here"
installed=node_modules/.installed-lock.json
if ! cmp -s package-lock.json "$installed"; then
  npm ci --no-progress
  cp package-lock.json "$installed"
fi

log=$(mktemp)
server=
stop_server() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    timeout 15 tail --pid="$server" -f /dev/null || kill -9 "$server"
  fi
  server=
  rm -f "$log"
}
trap stop_server EXIT
trap 'exit 130' INT TERM

# Port 0: the server takes a free one and says which.
coproc SERVER { exec "$java" -jar "$jar" --host 127.0.0.1 --port 0 2>"$log"; }
server=$SERVER_PID
ready=
read -r -t "$READY_WITHIN" -u "${SERVER[0]}" ready || true
case $ready in
  "homeserver ready on "*) url=${ready#homeserver ready on } ;;
  *) cat "$log" >&2; fail "the server was not ready within $READY_WITHIN s; it said: $ready" ;;
esac

version_of() {
  echo "$1 $(node -p "require('$1/package.json').version")"
}

printf '%s on Node %s against %s\n\n' "$(version_of matrix-js-sdk)" "$(node -v)" "$url"
status=0
node --no-deprecation main.js "$url" || status=$?
if [ "$status" != 0 ] && [ -s "$log" ]; then
  printf '\nThe server wrote:\n' >&2
  cat "$log" >&2
fi
stop_server

printf '\n%s with %s on Node %s\n\n' \
  "$(version_of matrix-appservice-bridge)" "$(version_of matrix-appservice)" "$(node -v)"
node --no-deprecation bridged.js "$java" -jar "$jar" || status=$?
exit "$status"
