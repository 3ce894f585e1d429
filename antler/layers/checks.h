// Bounds on what a layer is asked for, by a user or by a file that nobody vouches for. Each throws Error
// naming what is out of bounds; whoever calls adds which layer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "antler/core/shape.h"
#include "antler/layers/layer.h"

namespace antler::layers {

/// The largest extent, and the most elements that one weight or one sample may have.
inline constexpr int64_t most_elements = int64_t{1} << 31;

/// `value` must be from `least` to `most`.
void check_range(std::string_view key, int64_t value, int64_t least = 1, int64_t most = most_elements);
/// Both extents must be 1 or more.
void check_range(std::string_view key, const Pair& value);
/// `value` must be finite and `least` or more.
void check_at_least(std::string_view key, double value, double least);
/// A weight: all extents known, at most `most_elements` of them.
void check_size(const std::string& what, const Shape& shape);
/// The shape of one sample: all extents known and at least 1, of a size within bounds.
void check_sample(const Shape& shape);
/// A layer's input must have this rank, batch axis included: "(batch, height, width, channels)" is
/// `expected`.
void check_rank(const Shape& input, int rank, std::string_view expected);
/// A layer's input must have this many axes between batch and channels: one for sequences, (batch, steps,
/// channels), or two for images, (batch, height, width, channels).
void check_axes(const Shape& input, int axes);
/// "valid" or "same", or with `causal` that too, in any case; returns it in small letters.
std::string checked_padding(const std::string& padding, bool causal = false);

}  // namespace antler::layers
