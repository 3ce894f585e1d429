#!/usr/bin/env bash
# The lesson from beginning to end: gets digits, trains on train.csv, predicts test.csv. With a number, trains for that
# many epochs. Leaves cnn_net_model.h5 and mnist_output.csv in the root of the repository.
set -euo pipefail
cd "$(dirname "$0")/.."

digits=$(scripts/get_digits.py)
plain_or_gzipped() { if [[ -e $1 ]]; then echo "$1"; else echo "$1.gz"; fi; }
train=$(plain_or_gzipped "$digits/train.csv")
test=$(plain_or_gzipped "$digits/test.csv")

# A full set makes ten times the steps of a small one in an epoch: a few minutes on two cores, either way.
rows=$(($(gzip -cdf "$train" | wc -l) - 1))
epochs=${1:-$((rows > 20000 ? 12 : 50))}

echo "Training on $train ($rows digits, a fifth of them to validate on) for $epochs epochs"
build/antler digits train "$train" --recipe lesson --epochs "$epochs" -o cnn_net_model.h5
build/antler digits predict "$test" -m cnn_net_model.h5 -o mnist_output.csv
echo "The trained model is in cnn_net_model.h5, the predictions for $test in mnist_output.csv."
