#include "antler/layers/checks.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "antler/core/error.h"

namespace antler::layers {

void check_range(std::string_view key, int64_t value, int64_t least, int64_t most) {
  if (value < least) throw Error("{} is {}; expected {} or more", key, value, least);
  if (value > most) throw Error("{} is {}; expected {} or less", key, value, most);
}

void check_range(std::string_view key, const Pair& value) {
  check_range(key, value.height);
  check_range(key, value.width);
}

void check_at_least(std::string_view key, double value, double least) {
  if (!std::isfinite(value) || value < least) throw Error("{} is {}; expected {} or more", key, value, least);
}

void check_size(const std::string& what, const Shape& shape) {
  if (shape.has_unknown()) throw Error("{} would have the unknown shape {}", what, shape.to_string());
  if (shape.size() > most_elements) {
    throw Error("{} would have the shape {}; at most {} elements are supported", what, shape.to_string(),
                most_elements);
  }
}

void check_sample(const Shape& shape) {
  if (std::ranges::any_of(shape, [](int64_t extent) { return extent < 1; })) {
    throw Error("the input shape {} has an extent that is unknown or below 1; only the batch may be unknown",
                shape.to_string());
  }
  check_size("the input", shape);
}

void check_rank(const Shape& input, int rank, std::string_view expected) {
  if (input.rank() != rank)
    throw Error("the input has the shape {}; expected {}", input.to_string(), expected);
}

void check_axes(const Shape& input, int axes) {
  check_rank(input, axes + 2, axes == 1 ? "(batch, steps, channels)" : "(batch, height, width, channels)");
}

std::string checked_padding(const std::string& padding, bool causal) {
  std::string lower = padding;
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) { return std::tolower(letter); });
  if (lower == "valid" || lower == "same" || (causal && lower == "causal")) return lower;
  throw Error("padding is '{}'; expected {}", padding,
              causal ? "'valid', 'same' or 'causal'" : "'valid' or 'same'");
}

}  // namespace antler::layers
