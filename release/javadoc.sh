#!/usr/bin/env bash
# release/javadoc.sh: makes the Javadoc of all published modules as one site, in target/reports/apidocs.
# It fails if there is a warning.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
modules=$(sed -n 's|^\([a-z-]*\)/.*|\1|p' release/files.txt | sort -u | paste -sd,)
mvn -B -q -pl ".,$modules" javadoc:aggregate
echo "$PWD/target/reports/apidocs/index.html"
