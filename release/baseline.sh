#!/usr/bin/env bash
# release/baseline.sh DIRECTORY: makes release/baseline, with which the build compares the API of each published module,
# from DIRECTORY, a Maven repository that contains the version of pom.xml. Packages that promise nothing are left out.
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 DIRECTORY" >&2; exit 1; }
bundle=$(cd "$1" && pwd)/io/github/matrixsync
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=$(java release/CheckRelease.java version)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for module in $(sed -n 's|.*/\(.*\)-VERSION\.jar$|\1|p' release/files.txt); do
  ! grep -q '<japicmp.skip>true<' "$module/pom.xml" || continue
  file=$bundle/$module/$version/$module-$version.jar
  [ -f "$file" ] || { echo "$0: no $file" >&2; exit 1; }
  mkdir "$work/$module"
  (cd "$work/$module" && jar -xf "$file" && rm -rf META-INF module-info.class && find . -name internal -prune -exec rm -rf {} +)
  (cd "$work/$module" && find . -name '*.class' | LC_ALL=C sort >"$work/files")
  (cd "$work/$module" && jar --create --no-manifest --date 2026-01-01T00:00:00Z --file "$work/$module.jar" "@$work/files")
done
rm -f release/baseline/*.jar
mv "$work"/*.jar release/baseline
