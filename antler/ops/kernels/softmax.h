// The loops of softmax, for the processor at hand. Each runs on the calling thread alone.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

/// Softmax, or its logarithm, of one line of `count` numbers that lie next to each other.
void softmax(const float* x, int64_t count, bool logarithm, float* y);
/// dx = y * (dy - sum(dy * y)), or of the logarithm dy - exp(y) * sum(dy).
void softmax_gradient(const float* y, const float* dy, int64_t count, bool logarithm, float* dx);

/// The same for `lines` lines at a time, number k of line i at [k * lines + i].
void softmax_across(const float* x, int64_t count, int64_t lines, bool logarithm, float* y);
void softmax_gradient_across(const float* y, const float* dy, int64_t count, int64_t lines, bool logarithm,
                             float* dx);

}  // namespace antler::ops::kernels
