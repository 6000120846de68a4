#!/usr/bin/env bash
# release/try.sh: makes the bundle of the committed files twice, as release 0.0.1, in two directories, with different
# time zones and umasks and a temporary key, and compares the two. Checks that faulty releases are refused, and builds
# the consumers from the bundle. Uploads and installs nothing. If all went well, the bundle is in target/bundle.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
now=$(java release/CheckRelease.java version)
version=0.0.1
key=release@example.org

fail() {
  echo "$0: $*" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GNUPGHOME=$work/keys
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-gen-key "release <$key>" ed25519 sign 1d

# checkout <directory>: clones the repository; outside of one, copies the files that are there into a new repository.
checkout() {
  if git -C "$root" rev-parse -q --verify HEAD >/dev/null 2>&1; then
    git -c advice.detachedHead=false clone -q "$root" "$1"
  else
    mkdir "$1"
    tar -C "$root" --exclude=target --exclude=node_modules -cf - . | tar -C "$1" -xf -
    git -C "$1" init -q
    git -C "$1" add -A
    commit "$1"
  fi
}

# copy <directory> [version]: makes a clean checkout whose version is a release, or another one.
copy() {
  checkout "$1"
  # The first version in a POM is that of the project or its parent.
  git -C "$1" ls-files '*pom.xml' |
    (cd "$1" && xargs sed -i "0,/<version>$now</s//<version>${2:-$version}</")
  commit "$1"
}

# commit <directory>: commits, and names the commit as a release.
commit() {
  git -C "$1" -c user.name=release -c user.email="$key" -c commit.gpgSign=false commit -qam "Release $version"
  git -C "$1" -c tag.gpgSign=false tag -f "v$version" >"$work/log"
}

# refuses <words> <key> <directory>: checks that no bundle is made or signed, and that the message contains these words.
refuses() {
  if "$3/release/bundle.sh" "$2" >"$work/log" 2>&1; then
    fail "a bundle was made, but '$1' should have been refused"
  fi
  grep -q -- "$1" "$work/log" || { cat "$work/log" >&2; fail "refused, but not with '$1'"; }
  [ ! -e "$3/target/bundle" ] || fail "something was made before '$1' was refused"
  echo "refused: $1"
}

export ANY_JDK=1
for other in "$version-SNAPSHOT" "$version-snapshot" "$version.SNAPSHOT"; do
  rm -rf "$work/wrong"
  copy "$work/wrong" "$other"
  refuses "pom.xml: <version> is $other, which is not a release" "$key" "$work/wrong"
done
rm -rf "$work/wrong"
copy "$work/wrong"
if [ -n "${JAVA_HOME_25:-}" ]; then
  ANY_JDK='' JAVA_HOME=$JAVA_HOME_25 refuses "Maven runs on JDK 25" "$key" "$work/wrong"
fi
echo >>"$work/wrong/README.md"
refuses "README.md" "$key" "$work/wrong"
git -C "$work/wrong" checkout -q README.md
refuses "no secret key 'nobody@example.org'" nobody@example.org "$work/wrong"
git -C "$work/wrong" tag -d "v$version" >"$work/log"
refuses "the commit has no tag v$version" "$key" "$work/wrong"
sed -i '/^sync-micrometer.*-sources/d' "$work/wrong/release/files.txt"
sed -i '/<licenses>/,/<\/licenses>/d' "$work/wrong/pom.xml"
commit "$work/wrong"
refuses "release/files.txt: no sync-micrometer/VERSION/sync-micrometer-VERSION-sources.jar" "$key" "$work/wrong"
refuses "pom.xml: no <licenses>" "$key" "$work/wrong"
sed -i '/<description>/d' "$work/wrong/sync-core/pom.xml"
commit "$work/wrong"
refuses "sync-core/pom.xml: no <description>" "$key" "$work/wrong"
git -C "$work/wrong" rm -q release/files.txt
commit "$work/wrong"
refuses "release/files.txt: missing" "$key" "$work/wrong"

# An interface that hosts implement may gain methods only with a default.
copy "$work/api"
sed -i 's|^public interface EventStore .*{$|&\n  /** Planted. */\n  void planted();\n|' \
  "$work/api/sync-store-spi/src/main/java/io/github/matrixsync/store/EventStore.java"
if mvn -B -q -f "$work/api/pom.xml" -pl sync-store-spi -Dmaven.test.skip=true -Dmaven.javadoc.skip=true \
    -Dspotless.check.skip=true verify >"$work/log" 2>&1; then
  fail "an incompatible API was not noticed"
fi
grep -q METHOD_ADDED_TO_INTERFACE "$work/log" || { cat "$work/log" >&2; fail "no comparison"; }
echo "refused: an incompatible API"

copy "$work/one"
copy "$work/two"
# Files that git does not show. A bundle contains what was committed.
echo planted >"$work/one/sync-core/src/main/java/io/github/matrixsync/planted.log"
echo '// planted' >>"$work/one/sync-core/src/main/java/io/github/matrixsync/SyncEngine.java"
git -C "$work/one" update-index --assume-unchanged sync-core/src/main/java/io/github/matrixsync/SyncEngine.java
(umask 077 && TZ=Asia/Kathmandu "$work/one/release/bundle.sh" "$key") &
one=$!
(umask 022 && TZ=America/Caracas "$work/two/release/bundle.sh" "$key")
wait "$one"
# Signatures contain the time at which they were made.
diff -r -q -x '*.asc' "$work/one/target/bundle" "$work/two/target/bundle" || fail "two builds differ"
echo "two builds: no byte differs"

"$work/two/release/faults.sh" >"$work/faults" 2>&1 &
faults=$!

# The Javadoc of all modules. Types of other modules are links.
built=$work/two/target/checkout
"$built/release/javadoc.sh"
grep -q 'href="[^"]*io.github.matrixsync.spi/io/github/matrixsync/store/EventStore.html"' \
  "$built/target/reports/apidocs/io.github.matrixsync.core/io/github/matrixsync/SyncEngine.html" ||
  fail "the Javadoc of SyncEngine has no link to EventStore"

consumers/run.sh "$work/one/target/bundle" "$version"
wait "$faults" || { cat "$work/faults" >&2; fail "a faulty bundle was not noticed"; }
cat "$work/faults"
rm -rf "$root/target/bundle" && mkdir -p "$root/target" && cp -r "$work/one/target/bundle" "$root/target/bundle"
