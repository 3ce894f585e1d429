#!/usr/bin/env bash
# Makes build/keras-venv, a Python with the real Keras for the tests that compare with it. Quick when it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=build/keras-venv
requirements=tests/keras/requirements.txt
cmp -s "$requirements" "$venv/requirements.txt" && exit 0

rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --retries 5 --no-deps --requirement "$requirements" || {
  echo "make-venv: pip could not install what $requirements names" >&2
  exit 1
}
cp "$requirements" "$venv/requirements.txt"  # last: it says that the rest is complete
