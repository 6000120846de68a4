#!/usr/bin/env bash
# release/faults.sh: plants faults in a copy of target/bundle, one at a time, and checks that CheckRelease names each.
# Runs in the checkout in which release/bundle.sh made the bundle.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r target/bundle "$work/bundle"
javac -d "$work" release/CheckRelease.java
version=$(basename target/bundle/io/github/matrixsync/sync-core/*)

# fault <words> <module> <end of the file's name> <command...>: runs the command on a file of the bundle. The message
# must be about this file, and contain the words.
fault() {
  local words=$1 directory=$work/bundle/io/github/matrixsync/$2/$version file=$2-$version$3
  shift 3
  cp "$directory/$file" "$work/good"
  (cd "$directory" && "$@" "$file")
  if java -XX:TieredStopAtLevel=1 -cp "$work" CheckRelease bundle "$work/bundle" >"$work/log" 2>&1 ||
      ! grep -F -- "$file: " "$work/log" | grep -q -F -- "$words"; then
    cat "$work/log" >&2
    echo "$0: expected '$words' of $file after $*" >&2
    exit 1
  fi
  cp "$work/good" "$directory/$file"
  echo "refused: $file: $words"
}

# without <path> <jar>: removes a file or directory from a jar.
without() {
  repack "$2" rm -r "$1"
}

# manifest <sed script> <jar>: changes a jar's manifest.
manifest() {
  repack "$2" sed -i "$1" META-INF/MANIFEST.MF
}

# repack <jar> <command...>: runs the command where a jar is unpacked, and packs it again.
repack() {
  local jar=$PWD/$1
  shift
  rm -rf "$work/unpacked"
  mkdir "$work/unpacked"
  (cd "$work/unpacked" && jar -xf "$jar" && "$@" && jar -cMf "$jar" .)
}

# damage <file>: changes some bytes in its middle, more than the head of an entry has.
damage() {
  printf '%0400d' 0 | dd of="$1" bs=1 seek="$(($(stat -c %s "$1") / 2))" conv=notrunc status=none
}

bom() {
  fault "$1" sync-bom .pom sed -i "$2"
}
bom "does not name sync-testkit" '/<dependency>/{:a;N;/<\/dependency>/!ba;/sync-testkit/d}'
bom "names jackson-core" 's/>sync-testkit</>jackson-core</'
bom "names sync-core" 's/>sync-testkit</>sync-core</'
bom "has <dependencies>" 's|</project>|<dependencies/>&|'
# shellcheck disable=SC2016
bom '<version> of io.github.matrixsync:sync-core is '"'"'${project.version}' \
  '/>sync-core</{n;s|>.*<|>${project.version}<|}'

pom() {
  fault "$1" sync-core .pom sed -i "$2"
}
pom "<groupId> is org.example" '0,/<groupId>/s|<groupId>.*<|<groupId>org.example<|'
pom "<artifactId> is sync-other" '0,/>sync-core</s//>sync-other</'
pom "<version> is 9" '0,/<version>/s|<version>.*<|<version>9<|'
pom "<version> of io.github.matrixsync:sync-store-spi is 9" '/>sync-store-spi</{n;s|>.*<|>9<|}'
for wrong in '' '[3,4)' LATEST RELEASE 3-SNAPSHOT; do
  pom "<version> of tools.jackson.core:jackson-core is '$wrong'" "/>jackson-core</{n;s|>.*<|>$wrong<|}"
done
pom "<version> of tools.jackson.core:jackson-core is ''" '/>jackson-core</{n;d}'
pom "jackson-core has the <scope> test" '/>jackson-core</{n;n;s|>.*<|>test<|}'
for key in parent build profiles properties modules reporting repositories pluginRepositories distributionManagement \
    dependencyManagement; do
  pom "has <$key>" "s|</project>|<$key/>&|"
done
for key in name description url; do
  pom "no <$key>" "/<$key>/d"
done
pom "no <licenses><license><name>" '/<licenses>/,/<\/licenses>/{/<name>/d}'
pom "no <licenses><license><url>" '/<licenses>/,/<\/licenses>/{/<url>/d}'
pom "no <developers><developer><name>" '/<developer>/,/<\/developer>/d'
pom "no <scm><connection>" '/<connection>/d'
pom "no <scm><url>" '/<scm/,/<\/scm>/{/<url>/d}'
pom "cannot be read" '$d'

fault "cannot be read" sync-core .jar truncate -s 0
fault "cannot be read" sync-core -sources.jar truncate -s 20000
fault "cannot be read" sync-core -javadoc.jar damage
fault "Implementation-Version is null" sync-core .jar without META-INF/MANIFEST.MF
fault "Implementation-Version is 9" sync-core -sources.jar manifest "s/Version: $version/Version: 9/"
fault "Bundle-License is null" sync-core -javadoc.jar manifest /Bundle-License/d
fault "no META-INF/LICENSE" sync-core .jar without META-INF/LICENSE
fault "no module-info.class" sync-core .jar without module-info.class
fault "no io/github/matrixsync/.*[.]class" sync-core .jar without io
fault "no META-INF/LICENSE" sync-core -sources.jar without META-INF/LICENSE
fault "no module-info.java" sync-core -sources.jar without module-info.java
fault "no io/github/matrixsync/.*[.]java" sync-core -sources.jar without io
fault "no index.html" sync-core -javadoc.jar without index.html
fault "no .*/package-summary.html" sync-core -javadoc.jar without io.github.matrixsync.core

components() {
  fault "$1" sync-core -cyclonedx.json "${@:2}"
}
components "not JSON" truncate -s 0
components "not JSON" truncate -s 5000
components "not JSON" sed -i '0,/,/s///'
components "purl is null" sed -i '0,/"purl"/{/"purl"/d}'
components "purl is pkg:maven/io.github.matrixsync/sync-core@9" sed -i "s/sync-core@$version/sync-core@9/"
components '"components" has no tools.jackson.core/jackson-core' sed -i 's/jackson-core@/jackson-other@/'
