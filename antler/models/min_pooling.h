// Min pooling, which Keras does not have, of layers that it has.
#pragma once

#include "antler/layers/pooling.h"

namespace antler::layers {

/// The minimum of each window of each channel, with shapes and settings as of MaxPooling2D; padding is never
/// the minimum. A nested Sequential of Rescaling(-1), MaxPooling2D and Rescaling(-1), and saved as one, so
/// that Keras loads it: -max(-x). Unnamed ones are "min_pooling2d", "min_pooling2d_1", ...
Layer MinPooling2D(const Pooling2DOptions& options = {});
/// The same for sequences: (batch, steps, channels) to (batch, new steps, channels).
Layer MinPooling1D(const Pooling1DOptions& options = {});

/// The other names that Keras would have.
Layer MinPool1D(const Pooling1DOptions& options = {});
Layer MinPool2D(const Pooling2DOptions& options = {});

}  // namespace antler::layers
