// Where the windows of convolution and pooling lie: Keras's padding "valid", "same" and "causal".
#pragma once

#include <cstdint>
#include <string_view>

namespace antler::layers {

/// Zeros before and after the elements of one axis.
struct Margin {
  int64_t before = 0;
  int64_t after = 0;
};

/// Of windows of `window` elements, `dilation` apart, each `stride` behind the last, over `extent` elements.
/// "valid" pads nothing; "same" pads so that there are ceil(extent / stride) windows, an odd zero going
/// behind, as in TensorFlow; "causal" pads in front, so that no window reaches beyond its own element.
Margin margin_of(std::string_view padding, int64_t extent, int64_t window, int64_t stride,
                 int64_t dilation = 1);

}  // namespace antler::layers
