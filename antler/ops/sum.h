// Sums of tensors.
#pragma once

#include "antler/core/tensor.h"

namespace antler::ops {

/// sum += term, elementwise; both of the same size.
void add_to(View sum, ConstView term);

}  // namespace antler::ops
