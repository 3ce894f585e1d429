// Class numbers as one-hot vectors.
#pragma once

#include <cstdint>

#include "antler/core/tensor.h"

namespace antler {

/// keras.utils.to_categorical: class numbers of any shape, (...) or (..., 1), become (..., classes) with a 1
/// at each class and 0 elsewhere; a single axis stays, so that (1,) becomes (1, classes). Where `classes` is
/// 0 there are as many as the largest number tells. Throws Error, where Keras would round down or count from
/// the end, for a label that is no integer from 0 to classes - 1, and when neither labels nor `classes` tell
/// how many there are.
Tensor to_categorical(const Tensor& labels, int64_t classes = 0);

}  // namespace antler
