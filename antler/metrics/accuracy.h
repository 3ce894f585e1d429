// How often predictions are right: the formulas of Keras's accuracies (3.15).
#pragma once

#include "antler/core/tensor.h"

namespace antler::metrics {

/// A sum over the samples of a batch of the share of each sample's predictions that are right. Targets and
/// predictions are (batch, ...); each function says which further extents must agree.
using SampleSum = double (*)(ConstView y_true, ConstView y_pred, double setting);

/// Element by element: 1 where y_true == y_pred. As many targets as predictions.
double equal_elements(ConstView y_true, ConstView y_pred, double unused);
/// Element by element: 1 where y_true == (y_pred > threshold). As many targets as predictions.
double binary_matches(ConstView y_true, ConstView y_pred, double threshold);
/// Row by row: 1 where both are largest in the same column. As many rows.
double categorical_matches(ConstView y_true, ConstView y_pred, double unused);
/// Row by row: 1 where y_true is the column that y_pred is largest in. A target for each row.
double sparse_matches(ConstView y_true, ConstView y_pred, double unused);
/// Row by row: 1 where fewer than `k` columns of y_pred are above the one that y_true is largest in.
double top_k_matches(ConstView y_true, ConstView y_pred, double k);
/// The same for the column that y_true is.
double sparse_top_k_matches(ConstView y_true, ConstView y_pred, double k);

}  // namespace antler::metrics
