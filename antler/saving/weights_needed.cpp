#include "antler/saving/weights_needed.h"

#include <algorithm>
#include <cmath>

namespace antler::saving {
namespace {

int64_t product(const Json& factors) {
  if (factors.is_number_integer()) return std::max<int64_t>(factors.get<int64_t>(), 1);
  double all = 1.0;
  if (factors.is_array()) {
    for (const Json& factor : factors) all *= static_cast<double>(product(factor));
  }
  return all < 1e15 ? static_cast<int64_t>(all) : int64_t{1000000000000000};
}

// How many numbers there are along these axes of the input, one or a list.
double along(const Json& axes, const Shape& input) {
  double all = 1.0;
  for (const Json& axis : axes.is_array() ? axes : Json::array({axes})) {
    const auto at = axis.is_number_integer() ? axis.get<int64_t>() : input.rank();
    if (at < -input.rank() || at >= input.rank()) continue;  // the layer will refuse it
    all *= static_cast<double>(std::max<int64_t>(input[static_cast<int>(at)], 1));
  }
  return all;
}

// How many numbers there are in one sample.
double sample_size(const Shape& input) {
  double all = 1.0;
  for (int axis = 1; axis < input.rank(); ++axis)
    all *= static_cast<double>(std::max<int64_t>(input[axis], 1));
  return all;
}

// The size of a convolution's window: its extents, or one for all axes but batch and channels.
double window_size(const Json& config, const Shape& input) {
  if (!config.contains("kernel_size")) return 1.0;
  const Json& extents = config["kernel_size"];
  const auto size = static_cast<double>(std::max<int64_t>(product(extents), 1));
  return extents.is_array() ? size : std::pow(size, std::max(input.rank() - 2, 1));
}

}  // namespace

double numbers_needed(const Json& config, const Shape& input) {
  const auto word = [&](const char* key) {
    return config.contains(key) ? static_cast<double>(product(config[key])) : 0.0;
  };
  if (config.contains("gamma_initializer") && config.contains("axis")) return along(config["axis"], input);
  if (config.contains("alpha_initializer") && config.contains("shared_axes"))
    return sample_size(input) / along(config["shared_axes"], input);
  const double outputs = std::max(word("units"), word("filters"));
  const double multiplier = word("depth_multiplier");
  if (outputs == 0.0 && multiplier == 0.0) return 0.0;
  const double channels = static_cast<double>(input.rank() > 1 ? std::max<int64_t>(input.back(), 1) : 1);
  const double window = window_size(config, input);
  if (config.contains("pointwise_initializer"))
    return channels * std::max(multiplier, 1.0) * std::max(window, outputs);
  return channels * std::max(outputs, 1.0) * std::max(multiplier, 1.0) * window /
         std::max(word("groups"), 1.0);
}

}  // namespace antler::saving
