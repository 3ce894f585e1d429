#include "antler/ops/convolution.h"

#include <algorithm>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/convolution_geometry.h"
#include "antler/ops/depthwise_convolution.h"
#include "antler/ops/images.h"
#include "antler/ops/kernels/product.h"

namespace antler::ops {
namespace {

using kernels::BlockOffset;

using Geometry = ConvolutionGeometry;

// Where the elements of a kernel window lie in an image row of `row_floats` and in a kernel, a block for each
// run that is contiguous in both: a whole kernel row, unless dilation or groups pull its elements apart.
struct Window {
  std::vector<BlockOffset> blocks;
  int64_t depth;
};

// The sizes are those of what is convolved: the image forward, the output's gradient backward.
Window window_of(const Convolution& op, const Geometry& g, int64_t row_floats, int64_t channels,
                 int64_t group_channels, int64_t out_channels) {
  const bool contiguous = op.groups == 1 && op.dilation_width == 1;
  const int64_t runs = contiguous ? 1 : g.kernel_width;
  Window window{{}, contiguous ? g.kernel_width * channels : group_channels};
  for (int64_t i = 0; i < g.kernel_height; ++i) {
    for (int64_t j = 0; j < runs; ++j) {
      window.blocks.push_back({.a = i * op.dilation_height * row_floats + j * op.dilation_width * channels,
                               .b = (i * g.kernel_width + j) * group_channels * out_channels});
    }
  }
  return window;
}

Window window_on_image(const Convolution& op, const Geometry& g) {
  return window_of(op, g, g.padded_width * g.channels, g.channels, g.group_channels, g.filters);
}

Window window_on_gradient(const Convolution& op, const Geometry& g) {
  return window_of(op, g, g.spread_width * g.filters, g.filters, g.group_filters(op.groups), g.channels);
}

bool is_padded(const Convolution& op) {
  return op.pad_top != 0 || op.pad_bottom != 0 || op.pad_left != 0 || op.pad_right != 0;
}

// The image at `from`, or its copy with zeros around it in `scratch` where there is padding.
const float* padded_image(const Convolution& op, const Geometry& g, const float* from, float* scratch) {
  if (!is_padded(op)) return from;
  std::fill_n(scratch, g.padded_size(), 0.0F);
  for (int64_t row = 0; row < g.height; ++row) {
    std::copy_n(from + row * g.width * g.channels, g.width * g.channels,
                scratch + ((row + op.pad_top) * g.padded_width + op.pad_left) * g.channels);
  }
  return scratch;
}

// An image's output gradient as it arrives before the relu.
void mask_gradient(const float* gradient, const float* output, int64_t count, float* masked) {
  for (int64_t i = 0; i < count; ++i) masked[i] = output[i] > 0.0F ? gradient[i] : 0.0F;
}

// The gradient of an image's output laid out so that a convolution of stride 1 gives that of its input. What
// falls outside of the buffer touched padding only.
void spread_gradient(const Convolution& op, const Geometry& g, const float* gradient, float* spread) {
  const int64_t top = (g.kernel_height - 1) * op.dilation_height - op.pad_top;
  const int64_t left = (g.kernel_width - 1) * op.dilation_width - op.pad_left;
  std::fill_n(spread, g.spread_size(), 0.0F);
  for (int64_t i = 0; i < g.out_height; ++i) {
    const int64_t row = top + i * op.stride_height;
    if (row < 0 || row >= g.spread_height) continue;
    for (int64_t j = 0; j < g.out_width; ++j) {
      const int64_t column = left + j * op.stride_width;
      if (column < 0 || column >= g.spread_width) continue;
      std::copy_n(gradient + (i * g.out_width + j) * g.filters, g.filters,
                  spread + (row * g.spread_width + column) * g.filters);
    }
  }
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

// One thread's working memory in forward.
int64_t forward_scratch(const Convolution& op, const Geometry& g) {
  return is_padded(op) ? g.padded_size() : 0;
}

// One thread's working memory in backward, in this order.
struct BackwardScratch {
  int64_t kernel_gradient, bias_gradient, masked, image;
  int64_t total() const { return kernel_gradient + bias_gradient + masked + image; }
};
BackwardScratch backward_scratch(const Convolution& op, const Geometry& g) {
  return {.kernel_gradient = g.kernel_size(),
          .bias_gradient = g.filters,
          .masked = op.relu ? g.output_size() : 0,
          .image = std::max(g.spread_size(), forward_scratch(op, g))};
}

// Adds up what the threads found, each at `stride` floats from the one before, always in the same order.
void reduce(const float* parts, int64_t stride, int threads, View sum) {
  parallel_for(sum.size(), [&](int64_t begin, int64_t end, int) {
    std::copy(parts + begin, parts + end, sum.data + begin);
    for (int thread = 1; thread < threads; ++thread) {
      const float* part = parts + thread * stride;
      for (int64_t i = begin; i < end; ++i) sum.data[i] += part[i];
    }
  });
}

// The backward pass of one call, image by image.
class Backward {
 public:
  Backward(const Convolution& op, const BackwardContext& run)
      : op_(op),
        run_(run),
        g_(geometry_of(op, run.inputs[0].shape, run.inputs[1].shape)),
        is_depthwise_(is_depthwise(op, g_)),
        sizes_(backward_scratch(op, g_)),
        turned_(run.scratch.data() + thread_count() * sizes_.total()),
        window_(window_on_image(op, g_)),
        turned_window_(window_on_gradient(op, g_)) {
    for (int64_t row = 0; row < g_.out_height; ++row) {
      output_rows_.push_back({.a = row * op.stride_height * g_.padded_width * g_.channels,
                              .b = row * g_.out_width * g_.filters});
    }
  }

  void operator()() {
    const bool wants_kernel = gradient(1) != nullptr;
    const bool wants_bias = op_.bias && gradient(2) != nullptr;
    if (gradient(0) && !is_depthwise_) turn_kernel(op_, g_, run_.inputs[1].data, turned_);
    // Threads without an image leave zeros behind.
    for (int thread = 0; thread < thread_count(); ++thread) {
      std::fill_n(part(thread), sizes_.kernel_gradient + sizes_.bias_gradient, 0.0F);
    }
    parallel_for(g_.batch, [&](int64_t begin, int64_t end, int thread) {
      for (int64_t image = begin; image < end; ++image) {
        const float* dy = masked_gradient(image, thread);
        if (wants_bias) add_bias_gradient(dy, part(thread) + sizes_.kernel_gradient);
        if (wants_kernel) add_kernel_gradient(image, dy, thread);
        if (gradient(0)) input_gradient(dy, gradient(0) + image * g_.image_size(), thread);
      }
    });
    if (wants_kernel) reduce(part(0), sizes_.total(), thread_count(), run_.input_gradients[1]);
    if (wants_bias)
      reduce(part(0) + sizes_.kernel_gradient, sizes_.total(), thread_count(), run_.input_gradients[2]);
  }

 private:
  float* gradient(size_t input) const { return run_.input_gradients[input].data; }
  float* part(int thread) const { return run_.scratch.data() + thread * sizes_.total(); }
  float* masked(int thread) const { return part(thread) + sizes_.kernel_gradient + sizes_.bias_gradient; }
  float* image_scratch(int thread) const { return masked(thread) + sizes_.masked; }

  const float* masked_gradient(int64_t image, int thread) const {
    const float* dy = run_.output_gradient.data + image * g_.output_size();
    if (!op_.relu) return dy;
    mask_gradient(dy, run_.output.data + image * g_.output_size(), g_.output_size(), masked(thread));
    return masked(thread);
  }

  void add_bias_gradient(const float* dy, float* sum) const {
    for (int64_t pixel = 0; pixel < g_.out_height * g_.out_width; ++pixel) {
      for (int64_t f = 0; f < g_.filters; ++f) sum[f] += dy[pixel * g_.filters + f];
    }
  }

  // dkernel[a,b,c,f] += sum over output pixels of x[pixel * stride + (a,b), c] * dy[pixel, f]: a block for
  // each output row.
  void add_kernel_gradient(int64_t image, const float* dy, int thread) {
    const float* bare = run_.inputs[0].data + image * g_.image_size();
    if (is_depthwise_) return add_depthwise_kernel_gradient(op_, g_, bare, dy, part(thread));
    const float* x = padded_image(op_, g_, bare, image_scratch(thread));
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
                           .b = dy + group * group_filters,
                           .b_step = g_.filters,
                           .c = part(thread) + block.b + group * group_filters,
                           .c_step = g_.filters,
                           .accumulate = true});
      }
    }
  }

  void input_gradient(const float* dy, float* dx, int thread) {
    if (is_depthwise_) return depthwise_input_gradient(op_, g_, run_.inputs[1].data, dy, dx);
    float* spread = image_scratch(thread);
    spread_gradient(op_, g_, dy, spread);
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

  const Convolution& op_;
  const BackwardContext& run_;
  const Geometry g_;
  const bool is_depthwise_;
  const BackwardScratch sizes_;
  float* const turned_;
  const Window window_;
  const Window turned_window_;
  std::vector<BlockOffset> output_rows_;
};

}  // namespace

std::string Convolution::name() const {
  return relu ? "convolution + relu" : "convolution";
}

Shape Convolution::output_shape(std::span<const Shape> inputs) const {
  const Geometry g = geometry_of(*this, inputs[0], inputs[1]);
  return like_input({g.batch, g.out_height, g.out_width, g.filters}, inputs[0]);
}

int64_t Convolution::scratch_floats(std::span<const Shape> inputs) const {
  const Geometry g = geometry_of(*this, inputs[0], inputs[1]);
  return thread_count() * backward_scratch(*this, g).total() + g.kernel_size();
}

void Convolution::forward(const ForwardContext& run) const {
  const Geometry g = geometry_of(*this, run.inputs[0].shape, run.inputs[1].shape);
  if (is_depthwise(*this, g)) return depthwise_forward(*this, g, run);
  const Window window = window_on_image(*this, g);
  const int64_t group_filters = g.group_filters(groups);
  // Spread over the output's rows, so that one image keeps all threads busy too.
  parallel_for(g.batch * g.out_height, [&](int64_t begin, int64_t end, int thread) {
    int64_t padded = -1;
    const float* x = nullptr;
    for (int64_t at = begin; at < end; ++at) {
      const int64_t image = at / g.out_height;
      const int64_t row = at % g.out_height;
      if (image != padded) {
        x = padded_image(*this, g, run.inputs[0].data + image * g.image_size(),
                         run.scratch.data() + thread * forward_scratch(*this, g));
        padded = image;
      }
      for (int64_t group = 0; group < groups; ++group) {
        kernels::multiply(
            {.rows = g.out_width,
             .columns = group_filters,
             .depth = window.depth,
             .blocks = window.blocks,
             .a = x + row * stride_height * g.padded_width * g.channels + group * g.group_channels,
             .a_row_step = stride_width * g.channels,
             .b = run.inputs[1].data + group * group_filters,
             .b_step = g.filters,
             .c = run.output.data + at * g.out_width * g.filters + group * group_filters,
             .c_step = g.filters,
             .bias = bias ? run.inputs[2].data + group * group_filters : nullptr,
             .relu = relu});
      }
    }
  });
}

void Convolution::backward(const BackwardContext& run) const {
  Backward(*this, run)();
}

}  // namespace antler::ops
