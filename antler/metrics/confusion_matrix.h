// How often each class is taken for each other.
#pragma once

#include <span>

#include "antler/core/tensor.h"

namespace antler::metrics {

/// (classes, classes): the element at (i, j) counts, by weight, the samples of class i that were taken for j.
/// `weights` has one for each sample; empty: 1 each. Throws Error when there are not as many labels as
/// predictions and weights, or one is no class. TensorFlow's tf.math.confusion_matrix.
Tensor confusion_matrix(std::span<const int> labels, std::span<const int> predictions, int classes,
                        std::span<const float> weights = {});

}  // namespace antler::metrics
