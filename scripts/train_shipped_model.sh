#!/usr/bin/env bash
# How digits/models/small.keras, the reader of digits that comes with antler, was trained: on nine tenths of Kaggle's
# train.csv, from the labels and from a network of the recipe `best`, which holds out the same rows. A quarter of an hour on two
# cores. Usage: scripts/train_shipped_model.sh TRAIN_CSV
set -euo pipefail
cd "$(dirname "$0")/.."

train=${1:?which train.csv?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build/antler digits train "$train" --recipe ensemble --members 1 --seed 1001 -o "$work/teacher"
build/antler digits train "$train" --recipe small --seed 1001 --teacher "$work/teacher/member-01.keras" -o "$work/small.keras"
build/antler convert "$work/small.keras" digits/models/small.keras --without-training-state
