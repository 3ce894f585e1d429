#include "antler/ops/convolution_gradients.h"

#include <algorithm>
#include <vector>

#include "antler/core/parallel.h"
#include "antler/ops/convolution_images.h"
#include "antler/ops/depthwise_convolution.h"
#include "antler/ops/kernels/gradients.h"
#include "antler/ops/kernels/product.h"
#include "antler/ops/kernels/relu_gradient.h"

namespace antler::ops {
namespace {

using kernels::BlockOffset;
using Geometry = ConvolutionGeometry;

// The output's gradient of an image among zeros, so that a convolution of stride 1 gives that of its input.
struct Spread {
  int64_t top, left;  // where the first output pixel lies; negative where it only touched padding
  // Whether each output row lies whole and as it is in a row of it, where it can then be written at once.
  bool holds_rows;
};

Spread spread_of(const Convolution& op, const Geometry& g) {
  Spread spread{.top = (g.kernel_height - 1) * op.dilation_height - op.pad_top,
                .left = (g.kernel_width - 1) * op.dilation_width - op.pad_left,
                .holds_rows = false};
  spread.holds_rows = op.stride_height == 1 && op.stride_width == 1 && spread.top >= 0 && spread.left >= 0 &&
                      spread.top + g.out_height <= g.spread_height &&
                      spread.left + g.out_width <= g.spread_width;
  return spread;
}

// The kernel turned by 180 degrees with channels and filters exchanged inside each group: (kh, kw, filters /
// groups, channels).
void turn_kernel(const Convolution& op, const Geometry& g, const float* kernel, float* turned) {
  const int64_t window = g.kernel_height * g.kernel_width;
  const int64_t group_filters = g.group_filters(op.groups);
  for (int64_t at = 0; at < window; ++at) {
    const float* from = kernel + (window - 1 - at) * g.group_channels * g.filters;
    float* to = turned + at * group_filters * g.channels;
    for (int64_t group = 0; group < op.groups; ++group) {
      for (int64_t f = 0; f < group_filters; ++f) {
        for (int64_t c = 0; c < g.group_channels; ++c) {
          to[f * g.channels + group * g.group_channels + c] = from[c * g.filters + group * group_filters + f];
        }
      }
    }
  }
}

// One thread's working memory, in this order.
struct Scratch {
  int64_t kernel_gradient, bias_gradient, masked, image, spread, winograd;
  int64_t total() const { return kernel_gradient + bias_gradient + masked + image + spread + winograd; }
};

Scratch scratch_of(const Convolution& op, const Geometry& g) {
  return {.kernel_gradient = g.winograd ? g.winograd->kernel_floats() : g.kernel_size(),
          .bias_gradient = g.filters,
          .masked = op.relu ? g.output_size() : 0,
          .image = PaddedImage::floats(g),
          .spread = is_depthwise(op, g) ? 0 : g.spread_size(),
          .winograd =
              g.winograd ? std::max(g.winograd->scratch_floats(), g.winograd_gradient->scratch_floats()) : 0};
}

// Adds up what the threads found, each at `stride` floats from the one before, always in the same order.
void reduce(const float* parts, int64_t stride, std::span<float> sum) {
  parallel_for(static_cast<int64_t>(sum.size()), [&](int64_t begin, int64_t end, int) {
    std::copy(parts + begin, parts + end, sum.data() + begin);
    for (int thread = 1; thread < thread_count(); ++thread)
      kernels::add(sum.data() + begin, parts + thread * stride + begin, end - begin);
  });
}

// An image's output gradient before the relu: rows of out_width * filters, `step` floats apart.
struct Rows {
  const float* data;
  int64_t step;
};

// The backward pass of one call, image by image.
class Gradients {
 public:
  Gradients(const Convolution& op, const BackwardContext& run)
      : op_(op),
        run_(run),
        g_(geometry_of(op, run.inputs[0].shape, run.inputs[1].shape)),
        is_depthwise_(is_depthwise(op, g_)),
        spread_(spread_of(op, g_)),
        writes_spread_(gradient(0) && !is_depthwise_ && spread_.holds_rows),
        sizes_(scratch_of(op, g_)),
        turned_(run.scratch.data() + thread_count() * sizes_.total()),
        window_(window_on_image(op, g_)),
        turned_window_(window_on_gradient(op, g_)) {
    const int64_t step = writes_spread_ ? g_.spread_width * g_.filters : g_.out_width * g_.filters;
    for (int64_t row = 0; row < g_.out_height; ++row) {
      output_rows_.push_back({.a = row * op.stride_height * g_.padded_width * g_.channels, .b = row * step});
    }
  }

  void operator()() {
    if (gradient(0) && !is_depthwise_) prepare_kernel();
    // Threads without an image leave zeros behind.
    for (int thread = 0; thread < thread_count(); ++thread) {
      std::fill_n(part(thread), sizes_.kernel_gradient + sizes_.bias_gradient, 0.0F);
    }
    parallel_for(g_.batch, [&](int64_t begin, int64_t end, int thread) { images(begin, end, thread); });
    if (wants_kernel()) reduce_kernel_gradient();
    if (wants_bias()) reduce(bias_part(0), sizes_.total(), run_.input_gradients[2].span());
  }

 private:
  float* gradient(size_t input) const { return run_.input_gradients[input].data; }
  bool wants_kernel() const { return gradient(1) != nullptr; }
  bool wants_bias() const { return op_.bias && gradient(2) != nullptr; }
  float* part(int thread) const { return run_.scratch.data() + thread * sizes_.total(); }
  float* bias_part(int thread) const { return part(thread) + sizes_.kernel_gradient; }
  float* masked(int thread) const { return bias_part(thread) + sizes_.bias_gradient; }
  float* image_memory(int thread) const { return masked(thread) + sizes_.masked; }
  float* spread_memory(int thread) const { return image_memory(thread) + sizes_.image; }
  float* winograd_memory(int thread) const { return spread_memory(thread) + sizes_.spread; }

  // Turned, and then transformed for Winograd.
  void prepare_kernel() {
    turn_kernel(op_, g_, run_.inputs[1].data, turned_);
    if (g_.winograd) kernels::winograd_kernel(turned_, g_.channels * g_.filters, turned_ + g_.kernel_size());
  }

  void reduce_kernel_gradient() {
    const View kernel = run_.input_gradients[1];
    if (!g_.winograd) return reduce(part(0), sizes_.total(), kernel.span());
    const std::span sum(turned_,
                        static_cast<size_t>(sizes_.kernel_gradient));  // the turned kernel has served
    reduce(part(0), sizes_.total(), sum);
    kernels::winograd_kernel_gradient(sum.data(), g_.channels * g_.filters, kernel.data);
  }

  void images(int64_t begin, int64_t end, int thread) {
    const PaddedImage padded(op_, g_, image_memory(thread));
    if (writes_spread_) std::fill_n(spread_memory(thread), g_.spread_size(), 0.0F);
    for (int64_t image = begin; image < end; ++image) {
      const Rows dy = before_relu(image, thread);
      if (wants_kernel())
        add_kernel_gradient(run_.inputs[0].data + image * g_.image_size(), padded, dy, thread);
      if (gradient(0)) input_gradient(dy, gradient(0) + image * g_.image_size(), thread);
    }
  }

  // The image's gradient, moved no more than needed; its sum over the pixels goes to the bias's gradient.
  Rows before_relu(int64_t image, int thread) const {
    const int64_t row_floats = g_.out_width * g_.filters;
    const float* dy = run_.output_gradient.data + image * g_.output_size();
    const float* y = op_.relu ? run_.output.data + image * g_.output_size() : nullptr;
    Rows rows{dy, row_floats};
    float* to = nullptr;
    if (writes_spread_) {
      to = spread_memory(thread) + (spread_.top * g_.spread_width + spread_.left) * g_.filters;
      rows = {to, g_.spread_width * g_.filters};
    } else if (op_.relu) {
      to = masked(thread);
      rows = {to, row_floats};
    } else if (!wants_bias()) {
      return rows;
    }
    for (int64_t row = 0; row < g_.out_height; ++row) {
      kernels::relu_gradient({.rows = g_.out_width,
                              .columns = g_.filters,
                              .row_step = g_.filters,
                              .gradient = dy + row * row_floats,
                              .output = y ? y + row * row_floats : nullptr,
                              .masked = to ? to + row * rows.step : nullptr,
                              .masked_step = g_.filters,
                              .sums = wants_bias() ? bias_part(thread) : nullptr});
    }
    return rows;
  }

  // dkernel[a,b,c,f] += sum over output pixels of x[pixel * stride + (a,b), c] * dy[pixel, f]: a block for
  // each output row.
  void add_kernel_gradient(const float* image, const PaddedImage& padded, const Rows& dy, int thread) {
    if (is_depthwise_) return add_depthwise_kernel_gradient(op_, g_, image, dy.data, part(thread));
    const float* x = padded.of(image);
    if (g_.winograd)
      return g_.winograd->add_kernel_gradient(x, dy.data, dy.step, part(thread), winograd_memory(thread));
    const int64_t group_filters = g_.group_filters(op_.groups);
    for (const BlockOffset& block : window_.blocks) {
      for (int64_t group = 0; group < op_.groups; ++group) {
        kernels::multiply({.rows = window_.depth,
                           .columns = group_filters,
                           .depth = g_.out_width,
                           .blocks = output_rows_,
                           .a = x + block.a + group * g_.group_channels,
                           .a_row_step = 1,
                           .a_step = op_.stride_width * g_.channels,
                           .b = dy.data + group * group_filters,
                           .b_step = g_.filters,
                           .c = part(thread) + block.b + group * group_filters,
                           .c_step = g_.filters,
                           .accumulate = true});
      }
    }
  }

  void input_gradient(const Rows& dy, float* dx, int thread) {
    if (is_depthwise_) return depthwise_input_gradient(op_, g_, run_.inputs[1].data, dy.data, dx);
    float* spread = spread_memory(thread);
    if (!writes_spread_) spread_gradient(dy.data, spread);
    if (g_.winograd_gradient) return winograd_input_gradient(spread, dx, thread);
    const int64_t group_filters = g_.group_filters(op_.groups);
    for (int64_t row = 0; row < g_.height; ++row) {
      for (int64_t group = 0; group < op_.groups; ++group) {
        kernels::multiply({.rows = g_.width,
                           .columns = g_.group_channels,
                           .depth = turned_window_.depth,
                           .blocks = turned_window_.blocks,
                           .a = spread + row * g_.spread_width * g_.filters + group * group_filters,
                           .a_row_step = g_.filters,
                           .b = turned_ + group * g_.group_channels,
                           .b_step = g_.channels,
                           .c = dx + row * g_.width * g_.channels + group * g_.group_channels,
                           .c_step = g_.channels});
      }
    }
  }

  void winograd_input_gradient(const float* spread, float* dx, int thread) {
    for (int64_t group = 0; group < g_.winograd_gradient->groups(); ++group) {
      g_.winograd_gradient->forward(spread, group, turned_ + g_.kernel_size(), nullptr, false, dx,
                                    winograd_memory(thread));
    }
  }

  // Pixel by pixel: strides pull them apart, and what falls outside touched padding only.
  void spread_gradient(const float* dy, float* spread) const {
    std::fill_n(spread, g_.spread_size(), 0.0F);
    for (int64_t i = 0; i < g_.out_height; ++i) {
      const int64_t row = spread_.top + i * op_.stride_height;
      if (row < 0 || row >= g_.spread_height) continue;
      for (int64_t j = 0; j < g_.out_width; ++j) {
        const int64_t column = spread_.left + j * op_.stride_width;
        if (column < 0 || column >= g_.spread_width) continue;
        std::copy_n(dy + (i * g_.out_width + j) * g_.filters, g_.filters,
                    spread + (row * g_.spread_width + column) * g_.filters);
      }
    }
  }

  const Convolution& op_;
  const BackwardContext& run_;
  const Geometry g_;
  const bool is_depthwise_;
  const Spread spread_;
  const bool writes_spread_;
  const Scratch sizes_;
  float* const turned_;
  const Window window_;
  const Window turned_window_;
  std::vector<BlockOffset> output_rows_;
};

}  // namespace

int64_t convolution_gradients_scratch(const Convolution& op, const ConvolutionGeometry& g) {
  return thread_count() * scratch_of(op, g).total() + g.kernel_size() +
         (g.winograd ? g.winograd->kernel_floats() : 0);
}

void convolution_gradients(const Convolution& op, const BackwardContext& run) {
  Gradients(op, run)();
}

}  // namespace antler::ops
