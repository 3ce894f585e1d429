#include "antler/ops/convolution_gradients.h"

#include <algorithm>
#include <vector>

#include "antler/core/parallel.h"
#include "antler/ops/convolution_images.h"
#include "antler/ops/convolution_input_gradient.h"
#include "antler/ops/depthwise_convolution.h"
#include "antler/ops/kernels/gradients.h"
#include "antler/ops/kernels/product.h"
#include "antler/ops/kernels/relu_gradient.h"
#include "antler/ops/ranges.h"

namespace antler::ops {
namespace {

using kernels::BlockOffset;
using Geometry = ConvolutionGeometry;

// One thread's working memory, in this order.
struct Scratch {
  int64_t kernel_gradient, bias_gradient, masked, image, winograd, input_gradient;
  int64_t total() const {
    return kernel_gradient + bias_gradient + masked + image + winograd + input_gradient;
  }
};

Scratch scratch_of(const Convolution& op, const Geometry& g) {
  return {.kernel_gradient = g.winograd ? g.winograd->kernel_floats() : g.kernel_size(),
          .bias_gradient = g.filters,
          .masked = op.backward_reads_output() ? g.output_size() : 0,
          .image = PaddedImage::floats(g),
          .winograd = g.winograd ? g.winograd->scratch_floats() : 0,
          .input_gradient = is_depthwise(op, g) ? 0 : ConvolutionInputGradient::thread_floats(g)};
}

// The backward pass of one call, image by image.
class Gradients {
 public:
  Gradients(const Convolution& op, const BackwardContext& run)
      : op_(op),
        run_(run),
        g_(geometry_of(op, run.inputs[0].shape, run.inputs[1].shape)),
        is_depthwise_(is_depthwise(op, g_)),
        sizes_(scratch_of(op, g_)),
        shared_(run.scratch.data() + thread_count() * sizes_.total()),
        input_gradient_(op, g_, shared_),
        window_(window_on_image(op, g_)) {
    const int64_t row_pixels = rows_step(place(0) != nullptr) / g_.filters;
    for (int64_t row = 0; row < g_.out_height; ++row) {
      output_rows_.push_back(
          {.a = row * op.stride_height * g_.padded_width * g_.channels, .b_row = row * row_pixels});
    }
  }

  void operator()() {
    if (gradient(0) && !is_depthwise_) input_gradient_.prepare(run_.inputs[1].data);
    // Threads without an image leave zeros behind.
    for (int thread = 0; thread < thread_count(); ++thread) {
      std::fill_n(part(thread), sizes_.kernel_gradient + sizes_.bias_gradient, 0.0F);
    }
    parallel_for(g_.batch, [&](int64_t begin, int64_t end, int thread) { images(begin, end, thread); });
    if (wants_kernel()) reduce_kernel_gradient();
    if (wants_bias()) sum_of_threads(bias_part(0), sizes_.total(), run_.input_gradients[2].span());
  }

 private:
  float* gradient(size_t input) const { return run_.input_gradients[input].data; }
  bool wants_kernel() const { return gradient(1) != nullptr; }
  bool wants_bias() const { return op_.bias && gradient(2) != nullptr; }
  float* part(int thread) const { return run_.scratch.data() + thread * sizes_.total(); }
  float* bias_part(int thread) const { return part(thread) + sizes_.kernel_gradient; }
  float* masked(int thread) const { return bias_part(thread) + sizes_.bias_gradient; }
  float* image_memory(int thread) const { return masked(thread) + sizes_.masked; }
  float* winograd_memory(int thread) const { return image_memory(thread) + sizes_.image; }
  float* input_gradient_memory(int thread) const { return winograd_memory(thread) + sizes_.winograd; }
  // Where the output's gradient is best written for the input's; null: nobody minds.
  float* place(int thread) const {
    return gradient(0) && !is_depthwise_ ? input_gradient_.place(input_gradient_memory(thread)) : nullptr;
  }
  int64_t rows_step(bool in_place) const {
    return in_place ? input_gradient_.place_step() : g_.out_width * g_.filters;
  }

  void reduce_kernel_gradient() {
    const View kernel = run_.input_gradients[1];
    if (!g_.winograd) return sum_of_threads(part(0), sizes_.total(), kernel.span());
    const std::span sum(shared_,
                        static_cast<size_t>(sizes_.kernel_gradient));  // the turned kernel has served
    sum_of_threads(part(0), sizes_.total(), sum);
    kernels::winograd_kernel_gradient(g_.winograd->tile, sum.data(), g_.channels * g_.filters, kernel.data);
  }

  void images(int64_t begin, int64_t end, int thread) {
    const PaddedImage padded(op_, g_, image_memory(thread));
    if (place(thread)) input_gradient_.clear(input_gradient_memory(thread));
    for (int64_t image = begin; image < end; ++image) {
      const GradientRows dy = before_relu(image, thread);
      const ImageTurn turn{image - begin, image + 1 == end};
      if (wants_kernel())
        add_kernel_gradient(run_.inputs[0].data + image * g_.image_size(), padded, dy, turn, thread);
      if (gradient(0)) input_gradient(dy, turn, gradient(0) + image * g_.image_size(), thread);
    }
  }

  // The image's gradient, moved no more than needed; its sum over the pixels goes to the bias's gradient.
  GradientRows before_relu(int64_t image, int thread) const {
    const int64_t row_floats = g_.out_width * g_.filters;
    const float* dy = run_.output_gradient.data + image * g_.output_size();
    const float* y = op_.backward_reads_output() ? run_.output.data + image * g_.output_size() : nullptr;
    float* to = place(thread);
    if (to == nullptr && y != nullptr) to = masked(thread);
    if (to == nullptr && !wants_bias()) return {dy, row_floats};
    const GradientRows rows{to ? to : dy, rows_step(place(thread) != nullptr)};
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
  void add_kernel_gradient(const float* image, const PaddedImage& padded, const GradientRows& dy,
                           ImageTurn turn, int thread) {
    if (is_depthwise_) return add_depthwise_kernel_gradient(op_, g_, image, dy.data, part(thread));
    const float* x = padded.of(image);
    if (g_.winograd)
      return g_.winograd->add_kernel_gradient(x, dy.data, dy.step, turn, part(thread),
                                              winograd_memory(thread));
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
                           .c = part(thread) + block.b_row * g_.filters + group * group_filters,
                           .c_step = g_.filters,
                           .accumulate = true});
      }
    }
  }

  void input_gradient(const GradientRows& dy, ImageTurn turn, float* dx, int thread) {
    if (is_depthwise_) return depthwise_input_gradient(op_, g_, run_.inputs[1].data, dy.data, dx);
    input_gradient_(dy, turn, dx, input_gradient_memory(thread));
  }

  const Convolution& op_;
  const BackwardContext& run_;
  const Geometry g_;
  const bool is_depthwise_;
  const Scratch sizes_;
  float* const shared_;
  const ConvolutionInputGradient input_gradient_;
  const Window window_;
  std::vector<BlockOffset> output_rows_;
};

}  // namespace

void sum_of_threads(const float* parts, int64_t stride, std::span<float> sum) {
  for_each_range(static_cast<int64_t>(sum.size()), [&](int64_t begin, int64_t end) {
    std::copy(parts + begin, parts + end, sum.data() + begin);
    for (int thread = 1; thread < thread_count(); ++thread)
      kernels::add(sum.data() + begin, parts + thread * stride + begin, end - begin);
  });
}

int64_t convolution_gradients_scratch(const Convolution& op, const ConvolutionGeometry& g) {
  const int64_t shared =
      std::max(ConvolutionInputGradient::kernel_floats(g), scratch_of(op, g).kernel_gradient);
  return thread_count() * scratch_of(op, g).total() + shared;
}

void convolution_gradients(const Convolution& op, const BackwardContext& run) {
  Gradients(op, run)();
}

}  // namespace antler::ops
