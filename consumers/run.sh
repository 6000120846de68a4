#!/usr/bin/env bash
# consumers/run.sh DIRECTORY VERSION: builds each consumer against the artifacts that were published to DIRECTORY, a
# Maven repository. Needs JDK 17 or newer, and Node 20 or newer with npm; if JAVA_HOME_25 is set, one consumer also runs
# on that JDK. Third-party artifacts come from the local repository if they are there; FRESH=1 downloads all of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  echo "$0: $*" >&2
  exit 1
}

[ $# = 2 ] || fail "usage: $0 DIRECTORY VERSION"
bundle=$(cd "$1" && pwd)
version=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
repository=$work/repository
mkdir "$repository"
known=${HOME:-/root}/.m2/repository
if [ -z "${FRESH:-}" ] && [ -d "$known" ]; then
  cp -al "$known/." "$repository" 2>/dev/null ||
    { rm -rf "$repository" && mkdir "$repository" && cp -a "$known/." "$repository"; }
  rm -rf "$repository/io/github/matrixsync"
fi

# build <consumer> <argument...>: runs Maven in the consumer, with a local repository of its own.
build() {
  local consumer=$1
  shift
  rm -rf "$consumer/target"
  mvn -B -q -f "$consumer/pom.xml" -Dmaven.repo.local="$repository" -Dbundle="file://$bundle" \
    -Dmatrixsync.version="$version" -Dstyle.color=never "$@" package >"$work/log" 2>&1
}

# passes <consumer> <argument...>: checks that the build succeeds.
passes() {
  build "$@" || { cat "$work/log" >&2; fail "does not build: $*"; }
  echo "$1: built"
}

# fails <words> <consumer> <argument...>: checks that the build fails with a message that contains these words.
fails() {
  local words=$1
  shift
  if build "$@"; then
    fail "builds, but must not: $*"
  fi
  grep -q -- "$words" "$work/log" || { cat "$work/log" >&2; fail "fails for another reason: $*"; }
  echo "$1: refused with $words"
}

# refuses <words> <module path> <source...>: checks that javac refuses the sources of a module, with these words.
refuses() {
  local words=$1 path=$2
  shift 2
  if javac -d "$work/refused" -p "$path" "$@" >"$work/log" 2>&1; then
    fail "compiles, but must not: $*"
  fi
  grep -q -- "$words" "$work/log" || { cat "$work/log" >&2; fail "refused for another reason: $*"; }
  echo "module-path: refused with $words"
}

# without_export <package> <directory>: copies the libraries of a module, sync-core without the export of a package.
without_export() {
  mkdir "$2"
  cp module-path/target/libs/*.jar "$2"
  sed "/exports $1;/d" ../sync-core/src/main/java/module-info.java >"$work/module-info.java"
  javac --release 17 -d "$work/descriptor" -p module-path/target/libs \
    --patch-module io.github.matrixsync.core="$2/sync-core-$version.jar" "$work/module-info.java"
  jar -uf "$2/sync-core-$version.jar" -C "$work/descriptor" module-info.class
}

# inherits <document> <module>: checks that what comes with a module is what the table of the document has.
inherits() {
  (cd inherited/target/libs && stat -c '%n %s' *.jar) | sed "s/-$version\.jar/.jar/" |
    java InheritedSizes.java "$1" "$2"
}

passes class-path
java -cp "class-path/target/libs/*:class-path/target/classes" org.example.ThreeCalls
if [ -n "${JAVA_HOME_25:-}" ]; then
  "$JAVA_HOME_25/bin/java" -cp "class-path/target/libs/*:class-path/target/classes" org.example.ThreeCalls
fi

for module in $(sed -n 's|^\(sync-[a-z-]*\)/.*-VERSION\.jar$|\1|p' ../release/files.txt); do
  passes inherited -Dmodule="$module"
  inherits ../docs/dependencies.md "$module"
done
# A row that is missing, and one that has half the size.
for change in '/^| `byte-buddy`/d' 's/^\(| `byte-buddy` |\) 9,/\1 4,/'; do
  sed "$change" ../docs/dependencies.md >"$work/dependencies.md"
  if inherits "$work/dependencies.md" "$module" 2>"$work/log"; then
    fail "a wrong table of dependencies was not noticed"
  fi
  grep -q 'byte-buddy has' "$work/log" || { cat "$work/log" >&2; fail "a wrong table failed for another reason"; }
done
echo "inherited: a wrong table was noticed"

passes module-path
modules=module-path/target/libs:module-path/target/classes
java -p "$modules" -m org.example.calls/org.example.ThreeCalls
jlink -p "$modules" --add-modules org.example.calls --output "$work/image" \
  --strip-debug --no-header-files --no-man-pages
"$work/image/bin/java" -m org.example.calls/org.example.ThreeCalls
echo "module-path: an image of $(du -sm "$work/image" | cut -f1) MB"
descriptor=module-path/src/module-info.java
refuses 'internal.concurrent is not visible' module-path/target/libs "$descriptor" module-path/UsesInternals.java
without_export io.github.matrixsync "$work/libs"
refuses 'io.github.matrixsync is not visible' "$work/libs" "$descriptor" calls/org/example/ThreeCalls.java
# A type of Jackson in the API of sync-core, under the compiler's settings of the build.
cp -r ../sync-core/src/main/java "$work/core"
api=$work/core/io/github/matrixsync/SyncApi.java
sed -i 's|^public interface SyncApi .*{$|&\n  default void planted(tools.jackson.core.JsonParser parser) {}\n|' "$api"
refuses 'JsonParser .* is not indirectly exported' module-path/target/libs \
  -Xlint:all -Werror -proc:none -implicit:none --source-path "$work/core" "$work/core/module-info.java" "$api"

passes kotlin
java -cp "kotlin/target/libs/*:kotlin/target/classes" org.example.CallsKt
fails 'Null can' kotlin -Dsource=wrong

passes spring-boot-4
passes spring-boot-3
passes oldest-versions
java -cp "oldest-versions/target/libs/*:oldest-versions/target/classes" org.example.ThreeCalls
passes store
fails 'There are test failures' store -Dfault=true

# Follows the guides, each in an empty directory.
cat >"$work/settings.xml" <<EOF
<settings>
  <profiles>
    <profile>
      <id>bundle</id>
      <repositories><repository><id>bundle</id><url>file://$bundle</url></repository></repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>bundle</activeProfile></activeProfiles>
</settings>
EOF

# follow <file>: follows a guide in a new directory.
follow() {
  local directory
  directory=$(mktemp -d -p "$work")
  mkdir "$directory/.mvn"
  echo "-s $work/settings.xml -Dmaven.repo.local=$repository" >"$directory/.mvn/maven.config"
  clone=$(cd .. && pwd) java FollowGuide.java "$1" "$directory" "$version"
}

# Guides without commands are checked by the tests of examples/guides.
for guide in ../docs/guide/*.md; do
  follow "$guide"
done
sed 's/orElseThrow(), "pong"/orElseThrow(), "pang"/' ../docs/guide/test-a-bridge.md >"$work/wrong.md"
if follow "$work/wrong.md" >"$work/log" 2>&1; then
  fail "a wrong line in a guide was not noticed"
fi
grep -q '> "pong"' "$work/log" || { cat "$work/log" >&2; fail "a wrong line in a guide failed for another reason"; }
echo "guides: a wrong line was noticed"

# No package may run a script: one would download a native module, which no-native-crypto replaces.
command -v node >/dev/null && command -v npm >/dev/null || fail "no node or no npm; install Node 20 or newer"
(cd bridges/node && npm ci --no-progress --ignore-scripts >"$work/log" 2>&1) ||
  { cat "$work/log" >&2; fail "the SDKs cannot be installed"; }
passes bridges
passes kotlin-bridges
