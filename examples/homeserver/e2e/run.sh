#!/usr/bin/env bash
# Runs real clients against the example homeserver: starts the jar on a free port, takes two users of a client of 2015
# through a room's life, then users and a bot of today's clients, one of them on the JVM; stops it; then a user and the
# ghosts of a bridge of 2016 that is registered with it; then the server's page in Chromium, if there is one ($CHROME,
# or chromium, chromium-browser or google-chrome). Needs Node 20 or newer and Maven; downloads the clients once, but no
# browser.
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
  fail "no node or no npm; install Node 20 or newer"
fi
node_version=$(node -p 'process.versions.node.split(".")[0]')
[ "$node_version" -ge 20 ] || fail "Node is version $node_version; 20 or newer is needed"
command -v mvn >/dev/null || fail "no mvn; install Maven"

cd "$here"
# install <directory>: installs what its lock file names, unless it is there; no package runs a script.
install() (
  cd "$1"
  installed=node_modules/.installed-lock.json
  if ! cmp -s package-lock.json "$installed"; then
    npm ci --no-progress --ignore-scripts
    cp package-lock.json "$installed"
  fi
)
install .
install today

chrome=
if [ -n "${CHROME:-}" ]; then
  chrome=$(command -v "$CHROME") || fail "CHROME names $CHROME, which is not there"
else
  for each in chromium chromium-browser google-chrome; do
    if chrome=$(command -v "$each"); then
      break
    fi
  done
fi
[ -z "$chrome" ] || install page

# Compiles the client on the JVM, unless that was done since it changed.
trixnity=trixnity/target/classes/MainKt.class
if [ ! trixnity/pom.xml -ot "$trixnity" ] || [ ! trixnity/src/main/kotlin/Main.kt -ot "$trixnity" ]; then
  mvn -B -q -f trixnity/pom.xml compile
fi

log=$(mktemp)
server=
stop_server() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    timeout 15 tail --pid="$server" -f /dev/null || kill -9 "$server" 2>/dev/null || true
  fi
  server=
  rm -f "$log"
}
trap stop_server EXIT
trap 'exit 130' INT TERM

# Port 0: the server takes a free one and says which.
coproc SERVER { exec "$java" -jar "$jar" --host 127.0.0.1 --port 0 2>"$log"; }
server=$SERVER_PID
url= said=
while read -r -t "$READY_WITHIN" -u "${SERVER[0]}" line; do
  said+=$line$'\n'
  case $line in
    "homeserver ready on "*) url=${line#homeserver ready on }; break ;; # a JVM's warnings come before it
  esac
done
[ -n "$url" ] || { cat "$log" >&2; fail "the server was not ready within $READY_WITHIN s; it said: $said"; }

version_of() {
  echo "$1 $(node -p "require('$1/package.json').version")"
}

printf '%s on Node %s against %s\n\n' "$(version_of matrix-js-sdk)" "$(node -v)" "$url"
status=0
node --no-deprecation main.js "$url" || status=$?

today_version_of() {
  echo "$1 $(cd today && node -p "require('./node_modules/$1/package.json').version")"
}
printf '\n%s and %s on Node %s\n\n' \
  "$(today_version_of matrix-js-sdk)" "$(today_version_of matrix-bot-sdk)" "$(node -v)"
node --no-deprecation today/main.js "$url" || status=$?

printf '\ntrixnity-client %s on the JVM\n\n' \
  "$(sed -n 's|.*<trixnity.version>\(.*\)</trixnity.version>.*|\1|p' trixnity/pom.xml)"
"$java" -XX:TieredStopAtLevel=1 -cp 'trixnity/target/classes:trixnity/target/libraries/*' MainKt "$url" || status=$?
if [ "$status" != 0 ] && [ -s "$log" ]; then
  printf '\nThe server wrote:\n' >&2
  cat "$log" >&2
fi
stop_server

printf '\n%s with %s on Node %s\n\n' \
  "$(version_of matrix-appservice-bridge)" "$(version_of matrix-appservice)" "$(node -v)"
node --no-deprecation bridged.js "$java" -jar "$jar" || status=$?

if [ -n "$chrome" ]; then
  printf '\nThe page in %s\n\n' "$chrome"
  node page/main.js "$chrome" "$java" -jar "$jar" || status=$?
else
  printf '\nThe page is left out: no chromium, chromium-browser or google-chrome, and CHROME names none\n'
fi
exit "$status"
