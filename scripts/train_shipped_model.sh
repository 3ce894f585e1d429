#!/usr/bin/env bash
# How digits/models/small.keras, the reader of digits that comes with antler, was trained: on nine tenths of Kaggle's
# train.csv. Some minutes on two cores. Usage: scripts/train_shipped_model.sh TRAIN_CSV
set -euo pipefail
cd "$(dirname "$0")/.."

train=${1:?which train.csv?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build/antler digits train "$train" --recipe small --epochs 14 --seed 1 --threads 1 -o "$work/small.keras"
build/antler convert "$work/small.keras" digits/models/small.keras --without-training-state
