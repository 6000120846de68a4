#!/usr/bin/env bash
# release/baseline.sh DIRECTORY: makes release/baseline, with which the build compares the API of each published module,
# from DIRECTORY, a Maven repository that contains a release. Packages that promise nothing are left out.
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 DIRECTORY" >&2; exit 1; }
bundle=$(cd "$1" && pwd)/io/github/matrixsync
cd "$(dirname "${BASH_SOURCE[0]}")/baseline"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for jar in *.jar; do
  module=${jar%.jar}
  files=("$bundle/$module"/*/"$module"-*[0-9T].jar)
  [ -f "${files[0]}" ] && [ "${#files[@]}" = 1 ] || { echo "$0: not one $jar in $bundle/$module" >&2; exit 1; }
  mkdir "$work/$module"
  (cd "$work/$module" && jar -xf "${files[0]}" && rm -rf META-INF module-info.class && find . -name internal -prune -exec rm -rf {} +)
  (cd "$work/$module" && find . -name '*.class' | LC_ALL=C sort >"$work/files")
  (cd "$work/$module" && jar --create --no-manifest --date 2026-01-01T00:00:00Z --file "$work/$jar" "@$work/files")
  mv "$work/$jar" "$jar"
done
