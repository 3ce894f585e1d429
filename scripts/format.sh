#!/usr/bin/env bash
# Runs clang-format over all C++ sources of the project with the options given: -i, or --dry-run --Werror.
set -euo pipefail
cd "$(dirname "$0")/.."

find antler bench cli digits docs examples tests -name '*.h' -print0 -o -name '*.cpp' -print0 |
  xargs -0 clang-format "$@"
