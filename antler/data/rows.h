// Rows of a data set picked by number.
#pragma once

#include <cstdint>
#include <span>

#include "antler/core/tensor.h"

namespace antler {

/// Copies the rows `rows` of `tensor`, (samples, ...), one behind the other to `out`. Throws Error for a row
/// out of range.
void gather_rows(const Tensor& tensor, std::span<const int64_t> rows, float* out);
/// The same as a tensor of its own.
Tensor gather_rows(const Tensor& tensor, std::span<const int64_t> rows);

}  // namespace antler
