#!/usr/bin/env bash
# How digits/models/small.keras, the reader of digits that comes with antler, was trained: on all rows of Kaggle's
# train.csv, beside the labels learning what an ensemble of larger networks sees. Takes about half an hour on two cores.
# Usage: scripts/train_shipped_model.sh [TRAIN_CSV]
set -euo pipefail
cd "$(dirname "$0")/.."

train=${1:-$(scripts/get_digits.py)/train.csv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build/antler digits train "$train" --recipe best --seed 1 --validation-split 0 -o "$work/teacher.keras"
build/antler digits train "$train" --recipe small --seed 1 --validation-split 0 --teacher "$work/teacher.keras" \
  -o "$work/small.keras"
build/antler convert "$work/small.keras" digits/models/small.keras --without-training-state
