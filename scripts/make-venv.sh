#!/usr/bin/env bash
# make-venv.sh VENV REQUIREMENTS [PIP_OPTION...]: a Python environment with what REQUIREMENTS names. Quick when it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=$1
requirements=$2
shift 2
cmp -s "$requirements" "$venv/requirements.txt" && exit 0

rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --retries 5 "$@" --requirement "$requirements" || {
  echo "make-venv: pip could not install what $requirements names" >&2
  exit 1
}
cp "$requirements" "$venv/requirements.txt"  # last: it says that the rest is complete
