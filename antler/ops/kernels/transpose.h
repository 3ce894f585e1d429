// The transpose of a matrix, for the processor at hand.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// to[j * to_step + i] = from[i * from_step + j] for i < rows and j < columns. Runs on the calling thread
/// alone.
void transpose(const float* from, int64_t from_step, int64_t rows, int64_t columns, float* to,
               int64_t to_step);

}  // namespace antler::ops::kernels
