// How layers that bend images look at them.
#pragma once

#include <string>

#include "antler/ops/sampling.h"

namespace antler::layers {

/// Of Keras's settings. Throws Error for a fill_mode other than "constant", "nearest", "reflect" and "wrap",
/// and an interpolation other than "bilinear" and "nearest".
ops::Sampling sampling_of(const std::string& fill_mode, const std::string& interpolation, double fill_value);

}  // namespace antler::layers
