#include "antler/ops/pooled_convolution.h"

#include <algorithm>
#include <array>
#include <vector>

#include "antler/core/memory.h"
#include "antler/core/parallel.h"
#include "antler/ops/convolution_blocks.h"
#include "antler/ops/convolution_gradients.h"
#include "antler/ops/normalization_parts.h"

namespace antler::ops {
namespace {

// What both directions work with. In the working memory lie the normalisation's own, then each thread's:
// that of the blocks, and the gradients of kernel and bias.
struct Setting {
  const PooledConvolution& op;
  std::span<const ConstView> inputs;
  float* memory;
  ConvolutionGeometry g;
  Shape convolved;
  NormalizationLayout layout;
  PooledRows rows;
  ConvolutionBlocks blocks;

  // `at` is null where sizes alone are wanted.
  Setting(const PooledConvolution& of, std::span<const ConstView> from, float* at)
      : op(of),
        inputs(from),
        memory(at),
        g(geometry_of(op.convolution, inputs[0].shape, inputs[1].shape)),
        convolved{g.batch, g.out_height, g.out_width, g.filters},
        layout(op.normalization, convolved),
        rows(*op.normalization.pooling, convolved, layout.per_channel()),
        blocks(op.convolution, g, op.normalization.pooling->pool_height) {}
  Setting(const Setting&) = delete;  // the blocks refer to `g`
  Setting& operator=(const Setting&) = delete;

  int64_t own_floats() const { return whole_lines(NormalizationScratch::floats(layout.channels)); }
  int64_t thread_floats() const { return blocks.thread_floats() + whole_lines(g.kernel_size() + g.filters); }

  NormalizationScratch normalization() const { return {memory, layout.channels}; }
  NormalizationSaved saved(std::span<const float> floats) const {
    return {op.normalization, convolved, floats.data()};
  }
  float* block_memory(int thread) const { return memory + own_floats() + thread * thread_floats(); }
  float* kernel_gradient(int thread) const { return block_memory(thread) + blocks.thread_floats(); }
  float* bias_gradient(int thread) const { return kernel_gradient(thread) + g.kernel_size(); }

  int64_t row_floats() const { return g.out_width * g.filters; }

  template <typename Body>
  void for_each_block(int64_t begin, int64_t end, int thread, const Body& body) const {
    blocks.for_each(begin, end, inputs, block_memory(thread), body);
  }
};

// The normalisation's own inputs: x, which is nowhere as a whole, then gamma and beta.
std::vector<ConstView> normalization_inputs(const Setting& with) {
  std::vector<ConstView> inputs{{nullptr, with.convolved}};
  const auto parameters = with.inputs.subspan(with.op.convolution_inputs());
  inputs.insert(inputs.end(), parameters.begin(), parameters.end());
  return inputs;
}

// A convolved value of each of the normalisation's channels, see NormalizationScratch.
void write_shifts(const Setting& with) {
  float* shift = with.normalization().shift;
  with.for_each_block(0, 1, 0, [&](const ConvolvedBlock& block) {
    if (with.layout.per_channel()) {
      if (block.rows.first == 0) std::copy_n(block.x, with.layout.channels, shift);
      return;
    }
    for (int64_t i = 0; i < block.rows.count; ++i)
      shift[block.rows.first + i] = block.x[i * with.row_floats()];
  });
}

// Forward, first pass: the batch's statistics.
void find_statistics(const Setting& with, const ForwardContext& run, const NormalizationSaved& saved) {
  const NormalizationScratch scratch = with.normalization();
  const NormalizationLayout& layout = with.layout;
  const int64_t row_floats = with.row_floats();
  write_shifts(with);
  scratch.sum_over_threads(with.g.batch,
                           [&](int64_t begin, int64_t end, int thread, double* sum, double* squares) {
                             with.for_each_block(begin, end, thread, [&](const ConvolvedBlock& block) {
                               add_moments(layout, scratch, block.x, block.rows.first * row_floats,
                                           block.rows.count * row_floats, sum, squares);
                             });
                           });
  finish_statistics(with.op.normalization, run.state, layout, scratch, saved);
}

// Forward, second pass.
void normalize_and_pool(const Setting& with, const ForwardContext& run, const NormalizationSaved& saved) {
  const kernels::Line line = with.normalization().line(with.op.normalization.relu);
  parallel_for(with.g.batch, [&](int64_t begin, int64_t end, int thread) {
    with.for_each_block(begin, end, thread, [&](const ConvolvedBlock& block) {
      for (int64_t i = 0; i < block.windows.count; ++i)
        with.rows.pool(block.x + i * with.rows.row.pool_height * with.row_floats(), block.image,
                       block.windows.first + i, line, saved, true, run.output.data);
    });
  });
}

// Backward, once the lines are there: the gradients of the convolved rows, in their place, and what these add
// to those of kernel and bias.
void add_gradients(const Setting& with, const BackwardContext& run, const NormalizationSaved& saved) {
  const kernels::GradientLine line = with.normalization().gradient_line(with.op.normalization);
  parallel_for(with.g.batch, [&](int64_t begin, int64_t end, int thread) {
    with.for_each_block(begin, end, thread, [&](const ConvolvedBlock& block) {
      for (int64_t i = 0; i < block.rows.count; ++i) {
        float* x = block.x + i * with.row_floats();
        with.rows.gradient(run.output_gradient.data, saved, block.image, block.rows.first + i, line, x, x);
      }
      block.taps.add_gradients(block.x, with.kernel_gradient(thread));
    });
  });
}

}  // namespace

bool PooledConvolution::serves(const Convolution& convolution, const Shape& x, const Shape& kernel) {
  // Measured: at 25 taps convolving anew takes longer than reading, and a few filters leave vectors empty.
  constexpr int64_t small_window = 9;
  constexpr int64_t many_filters = 16;
  if (x.rank() != 4 || convolution.groups != 1) return false;
  const ConvolutionGeometry g = geometry_of(convolution, x, kernel);
  return !g.winograd && g.window_size() <= small_window && g.filters >= many_filters;
}

int64_t PooledConvolution::saved_floats(std::span<const Shape> inputs) const {
  const std::array<Shape, 1> convolved{convolved_shape(inputs)};
  return normalization.saved_floats(convolved);
}

int64_t PooledConvolution::scratch_floats(std::span<const Shape> inputs) const {
  const std::array<ConstView, 2> shapes{{{nullptr, inputs[0]}, {nullptr, inputs[1]}}};
  const Setting with(*this, shapes, nullptr);
  return with.own_floats() + thread_count() * with.thread_floats();
}

void PooledConvolution::forward(const ForwardContext& run) const {
  const Setting with(*this, run.inputs, run.scratch.data());
  const NormalizationSaved saved = with.saved(run.saved);
  if (with.convolved.size() == 0) return;
  find_statistics(with, run, saved);
  forward_lines(normalization, normalization_inputs(with), saved, with.normalization());
  normalize_and_pool(with, run, saved);
}

void PooledConvolution::backward(const BackwardContext& run) const {
  const Setting with(*this, run.inputs, run.scratch.data());
  const NormalizationSaved saved = with.saved(run.saved);
  std::vector<View> gradients{{nullptr, with.convolved}};
  const auto parameters = run.input_gradients.subspan(convolution_inputs());
  gradients.insert(gradients.end(), parameters.begin(), parameters.end());
  normalization_gradients(normalization, {.inputs = normalization_inputs(with),
                                          .output = {},
                                          .output_gradient = run.output_gradient,
                                          .input_gradients = gradients,
                                          .saved = run.saved,
                                          .scratch = run.scratch,
                                          .random = {}});
  const View kernel = run.input_gradients[1];
  const View bias = convolution.bias ? run.input_gradients[2] : View{};
  if (kernel.data == nullptr && bias.data == nullptr) return;
  // Threads without an image leave zeros behind.
  for (int thread = 0; thread < thread_count(); ++thread)
    std::fill_n(with.kernel_gradient(thread), with.g.kernel_size() + with.g.filters, 0.0F);
  add_gradients(with, run, saved);
  const int64_t stride = with.thread_floats();
  if (kernel.data) sum_of_threads(with.kernel_gradient(0), stride, kernel.span());
  if (bias.data) sum_of_threads(with.bias_gradient(0), stride, bias.span());
}

}  // namespace antler::ops
