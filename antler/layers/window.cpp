#include "antler/layers/window.h"

#include <algorithm>

namespace antler::layers {

Margin margin_of(std::string_view padding, int64_t extent, int64_t window, int64_t stride, int64_t dilation) {
  if (padding == "valid") return {};
  if (padding == "causal") return {.before = (window - 1) * dilation};
  const int64_t covered = (window - 1) * dilation + 1;
  const int64_t windows = (extent + stride - 1) / stride;
  const int64_t total = std::max<int64_t>(0, (windows - 1) * stride + covered - extent);
  return {.before = total / 2, .after = total - total / 2};
}

}  // namespace antler::layers
