// How much each sample counts.
#pragma once

#include <map>
#include <vector>

#include "antler/models/tensors.h"

namespace antler {

/// One weight a row of the targets, by its class: Keras's class_weight_to_sample_weights. Targets are class
/// numbers, or one-hot; classes not named count 1. Throws Error when there are several outputs' targets.
std::vector<float> weights_by_class(const Tensors& y, const std::map<int, double>& class_weight);

/// What a caller gave: either, or neither, which gives none. Throws Error for both, and for another number of
/// weights than rows.
std::vector<float> sample_weights(const Tensors& x, const Tensors& y, const Tensor& sample_weight,
                                  const std::map<int, double>& class_weight);

}  // namespace antler
