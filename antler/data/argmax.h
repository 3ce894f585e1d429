// From scores to class numbers.
#pragma once

#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// Of each row of `scores`, (samples, ...), where its largest element stands; the first of equal ones.
std::vector<int> argmax(const Tensor& scores);

}  // namespace antler
