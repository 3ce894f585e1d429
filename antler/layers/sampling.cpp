#include "antler/layers/sampling.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "antler/core/error.h"

namespace antler::layers {

ops::Sampling sampling_of(const std::string& fill_mode, const std::string& interpolation, double fill_value) {
  constexpr std::array<std::string_view, 4> fill_modes = {"constant", "nearest", "reflect",
                                                          "wrap"};  // as in ops::Fill
  const auto* const found = std::ranges::find(fill_modes, fill_mode);
  if (found == fill_modes.end())
    throw Error("fill_mode is '{}'; expected 'constant', 'nearest', 'reflect' or 'wrap'", fill_mode);
  if (interpolation != "bilinear" && interpolation != "nearest")
    throw Error("interpolation is '{}'; expected 'bilinear' or 'nearest'", interpolation);
  return {.fill = static_cast<ops::Fill>(found - fill_modes.begin()),
          .fill_value = static_cast<float>(fill_value),
          .bilinear = interpolation == "bilinear"};
}

}  // namespace antler::layers
