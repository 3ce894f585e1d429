// Two runs of floats combined element by element, for the processor at hand. Runs on the calling thread
// alone.
#pragma once

#include <cstdint>

namespace antler::ops::kernels {

enum class Combination { sum, difference, product, maximum, minimum };

/// y = a o b, where y may be a or b. Of two numbers that are not ordered, a maximum or minimum is the second.
void combine(Combination kind, const float* a, const float* b, int64_t count, float* y);

}  // namespace antler::ops::kernels
