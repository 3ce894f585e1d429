#!/usr/bin/env bash
# How digits/models/best.keras, the reader of digits that comes with antler, was trained: by the recipe `best` on nine tenths of
# Kaggle's train.csv. Some minutes on two cores. Usage: scripts/train_shipped_model.sh TRAIN_CSV
set -euo pipefail
cd "$(dirname "$0")/.."

train=${1:?which train.csv?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build/antler digits train "$train" --recipe best --seed 1001 -o "$work/best.keras"
build/antler convert "$work/best.keras" digits/models/best.keras --without-training-state
