#!/usr/bin/env bash
# release/bundle.sh KEY: makes target/bundle.zip, the file to upload to Maven Central, from the commit of a release, in
# the clone target/checkout. KEY is the fingerprint or address of the signing key; GNUPGHOME is the directory of the
# keys. A trial may set ANY_JDK=1. Uploads and installs nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  echo "$0: $*" >&2
  exit 1
}

[ $# = 1 ] || fail "usage: $0 KEY"
key=$1
changed=$(git status --porcelain)
[ -z "$changed" ] || fail "the checkout is not clean:
$changed"
java release/CheckRelease.java sources || fail "not a release"
tag=v$(java release/CheckRelease.java version)
git tag --points-at HEAD | grep -qxF "$tag" || fail "the commit has no tag $tag"
jdk=$(mvn -version | sed -n 's/^Java version: \([0-9]*\).*/\1/p')
[ "$jdk" = 17 ] || [ -n "${ANY_JDK:-}" ] || fail "Maven runs on JDK $jdk, but releases are made on JDK 17"
gpg --batch --list-secret-keys "$key" >/dev/null 2>&1 || fail "no secret key '$key' in ${GNUPGHOME:-$HOME/.gnupg}"

# Archives contain the modes of their files.
umask 022
out=$PWD/target/bundle
checkout=$PWD/target/checkout
rm -rf "$out" "$out.zip" "$checkout"
# A clone has no file that git was told to ignore.
git -c advice.detachedHead=false clone -q . "$checkout"
modules=$(sed -n 's|^\([a-z-]*\)/.*|\1|p' release/files.txt | sort -u | paste -sd,)
(cd "$checkout" && mvn -B -q -Prelease -pl "$modules" -Dmaven.test.skip=true -Dmaven.install.skip=true \
  -Dgpg.keyname="$key" -DaltDeploymentRepository="bundle::file://$out" deploy)
find "$out" -name 'maven-metadata.xml*' -delete

java release/CheckRelease.java bundle "$out" || fail "the bundle is wrong, see above"
find "$out" -name '*.asc' | sort | while read -r signature; do
  gpg --batch --quiet --verify "$signature" "${signature%.asc}" 2>/dev/null || fail "$signature: wrong signature"
done
(cd "$out" && find . -type f | LC_ALL=C sort | cut -c3- >../bundle.files && jar -cMf ../bundle.zip @../bundle.files)
echo "$out.zip: $(wc -l <target/bundle.files) files, $(stat -c %s "$out.zip") bytes"
