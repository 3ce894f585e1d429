#!/usr/bin/env bash
# Builds the site of the docs into the folder given: mkdocs makes the pages, Doxygen the reference of the headers. A page
# stands where it stands in the repository, so that its links hold in both.
set -euo pipefail
[[ $# -eq 1 ]] || { echo "build-docs: expected the folder to build the site in" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."

rm -rf "$folder/pages" "$folder/site"
mkdir "$folder/pages"
cp -r README.md CHANGELOG.md CONTRIBUTING.md LICENSE docs examples "$folder/pages"
mv "$folder/pages/docs/mkdocs.yml" "$folder"
rm "$folder/pages/docs/Doxyfile"

# docs/api.md links to what Doxygen makes.
mkdocs build --config-file "$folder/mkdocs.yml" >"$folder/mkdocs.log" 2>&1 || { cat "$folder/mkdocs.log" >&2; exit 1; }
(cat docs/Doxyfile; echo "OUTPUT_DIRECTORY = \"$folder/site\"") | doxygen -
echo "The site is in $folder/site; open index.html there."
