#include "antler/ops/normalization.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/kernels/normalization.h"

namespace antler::ops {
namespace {

using kernels::Line;

// x seen as (outer, channels, inner): the axis's elements are the channels.
struct Layout {
  int64_t outer = 1, channels = 1, inner = 1;
  bool per_channel() const { return inner == 1; }
};

Layout layout_of(const BatchNormalization& op, const Shape& x) {
  const int axis = x.checked_axis(op.axis);
  Layout layout{.channels = x[axis]};
  for (int i = 0; i < axis; ++i) layout.outer *= x[i];
  for (int i = axis + 1; i < x.rank(); ++i) layout.inner *= x[i];
  return layout;
}

// What forward keeps: mean and 1 / sqrt(variance + epsilon) of each channel, then with pooling for each
// pooled element the x that won and, in bytes, which of its window's elements that was.
struct Saved {
  float* mean;
  float* inverse;
  float* source_x;
  uint8_t* source;
};

int64_t pooled_size(const BatchNormalization& op, const Shape& x) {
  if (!op.pooling) return 0;
  const std::array<Shape, 1> inputs{x};
  return op.pooling->output_shape(inputs).size();
}

Saved saved_of(const BatchNormalization& op, const Shape& x, const float* saved) {
  const int64_t channels = layout_of(op, x).channels;
  auto* floats = const_cast<float*>(saved);  // NOLINT: forward writes it, backward reads it
  float* source_x = floats + 2 * channels;
  return {floats, floats + channels, source_x, reinterpret_cast<uint8_t*>(source_x + pooled_size(op, x))};
}

// Working memory: two sums in double for each thread and channel, then three numbers for each channel.
struct Scratch {
  double* sums;
  float* scale;
  float* slope;
  float* shift;
  int64_t channels;

  Scratch(float* memory, int64_t count)
      : sums(reinterpret_cast<double*>(memory)),
        scale(memory + 4 * count * thread_count()),
        slope(scale + count),
        shift(slope + count),
        channels(count) {}
  double* sums_of(int thread) const { return sums + 2 * channels * thread; }
  Line line() const { return {scale, slope, shift}; }
  // Where the line of channel `c` starts when it is given by its number alone.
  Line line(int64_t c) const { return {scale + c, slope + c, shift + c}; }
};

// Runs add(begin, end, sums, other sums) on parts of [0, count) and leaves the totals in the first thread's
// sums.
template <typename Add>
void sum_over_threads(int64_t count, const Scratch& scratch, const Add& add) {
  const int threads = thread_count();
  std::fill_n(scratch.sums, 2 * scratch.channels * threads, 0.0);
  parallel_for(count, [&](int64_t begin, int64_t end, int thread) {
    double* sums = scratch.sums_of(thread);
    add(begin, end, sums, sums + scratch.channels);
  });
  for (int thread = 1; thread < threads; ++thread) {
    for (int64_t i = 0; i < 2 * scratch.channels; ++i) scratch.sums[i] += scratch.sums_of(thread)[i];
  }
}

kernels::PooledRow pooled_row(const Pooling& pooling, const Shape& x) {
  return {.pool_height = pooling.pool_height,
          .pool_width = pooling.pool_width,
          .columns = x[2],
          .out_columns = x[2] / pooling.pool_width,
          .channels = x[3]};
}

// --- forward ---

void batch_statistics(const BatchNormalization& op, const ForwardContext& run, const Layout& layout,
                      const Scratch& scratch, const Saved& saved) {
  const float* x = run.inputs[0].data;
  // Sums of differences from a value of the same channel do not cancel as sums of the values themselves
  // would.
  float* shift = scratch.shift;
  for (int64_t c = 0; c < layout.channels; ++c) shift[c] = x[c * layout.inner];
  sum_over_threads(layout.outer, scratch, [&](int64_t begin, int64_t end, double* sum, double* squares) {
    const float* from = x + begin * layout.channels * layout.inner;
    if (layout.per_channel()) {
      kernels::add_moments_per_channel(from, end - begin, layout.channels, shift, sum, squares);
      return;
    }
    for (int64_t i = 0; i < (end - begin) * layout.channels; ++i) {
      const int64_t c = i % layout.channels;
      kernels::add_moments(from + i * layout.inner, layout.inner, shift[c], sum[c], squares[c]);
    }
  });
  const auto count = static_cast<double>(layout.outer * layout.inner);
  const double correction = op.unbiased_moving_variance ? count / std::max(count - 1.0, 1.0) : 1.0;
  for (int64_t c = 0; c < layout.channels; ++c) {
    const double offset = scratch.sums[c] / count;
    const double variance = std::max(0.0, scratch.sums[layout.channels + c] / count - offset * offset);
    const double mean = double{shift[c]} + offset;
    saved.mean[c] = static_cast<float>(mean);
    saved.inverse[c] = static_cast<float>(1.0 / std::sqrt(variance + double{op.epsilon}));
    const auto renew = [&](float& moving, double batch) {
      moving = moving * op.momentum + static_cast<float>(batch) * (1.0F - op.momentum);
    };
    renew(run.state[0].data[c], mean);
    renew(run.state[1].data[c], variance * correction);
  }
}

void moving_statistics(const BatchNormalization& op, const ForwardContext& run, int64_t channels,
                       const Saved& saved) {
  for (int64_t c = 0; c < channels; ++c) {
    saved.mean[c] = run.state[0].data[c];
    saved.inverse[c] = 1.0F / std::sqrt(run.state[1].data[c] + op.epsilon);
  }
}

void normalize(const Layout& layout, const ConstView& x, const Scratch& scratch, float* y) {
  if (layout.per_channel()) {
    parallel_for(layout.outer, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin * layout.channels; i < end * layout.channels; i += layout.channels) {
        kernels::apply_line(x.data + i, layout.channels, true, scratch.line(), y + i);
      }
    });
    return;
  }
  parallel_for(layout.outer * layout.channels, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      kernels::apply_line(x.data + i * layout.inner, layout.inner, false, scratch.line(i % layout.channels),
                          y + i * layout.inner);
    }
  });
}

void normalize_and_pool(const Pooling& pooling, const ForwardContext& run, bool per_channel,
                        const Scratch& scratch, const Saved& saved) {
  const ConstView& x = run.inputs[0];
  const kernels::PooledRow row = pooled_row(pooling, x.shape);
  const int64_t out_rows = run.output.shape[1];
  parallel_for(x.shape[0] * out_rows, [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t first_row = at % out_rows * pooling.pool_height;
      const int64_t out = at * row.out_columns * row.channels;
      kernels::pool_line(x.data + (at / out_rows * x.shape[1] + first_row) * row.columns * row.channels, row,
                         per_channel, scratch.line(per_channel ? 0 : first_row), run.output.data + out,
                         run.backward_follows ? saved.source + out : nullptr, saved.source_x + out);
    }
  });
}

// --- backward ---

void gradient_sums(const Layout& layout, const BackwardContext& run, const Scratch& scratch,
                   const Saved& saved) {
  const float* x = run.inputs[0].data;
  const float* dy = run.output_gradient.data;
  sum_over_threads(layout.outer, scratch, [&](int64_t begin, int64_t end, double* sum, double* product) {
    const int64_t first = begin * layout.channels * layout.inner;
    if (layout.per_channel()) {
      kernels::add_products_per_channel(dy + first, x + first, end - begin, layout.channels, saved.mean, sum,
                                        product);
      return;
    }
    for (int64_t i = 0; i < (end - begin) * layout.channels; ++i) {
      const int64_t c = i % layout.channels;
      const int64_t at = first + i * layout.inner;
      kernels::add_products(dy + at, x + at, layout.inner, saved.mean[c], sum[c], product[c]);
    }
  });
}

void pooled_gradient_sums(const Pooling& pooling, const Layout& layout, const BackwardContext& run,
                          const Scratch& scratch, const Saved& saved) {
  const kernels::PooledRow row = pooled_row(pooling, run.inputs[0].shape);
  const int64_t out_rows = run.output_gradient.shape[1];
  const int64_t row_floats = row.out_columns * row.channels;
  const float* dy = run.output_gradient.data;
  sum_over_threads(run.output_gradient.shape[0] * out_rows, scratch,
                   [&](int64_t begin, int64_t end, double* sum, double* product) {
                     if (layout.per_channel()) {
                       kernels::add_products_per_channel(
                           dy + begin * row_floats, saved.source_x + begin * row_floats,
                           (end - begin) * row.out_columns, row.channels, saved.mean, sum, product);
                       return;
                     }
                     for (int64_t at = begin; at < end; ++at) {
                       for (int64_t i = 0; i < pooling.pool_height; ++i) {
                         const int64_t c = at % out_rows * pooling.pool_height + i;
                         kernels::add_pooled_products(dy + at * row_floats, saved.source_x + at * row_floats,
                                                      saved.source + at * row_floats, row, i, saved.mean[c],
                                                      sum[c], product[c]);
                       }
                     }
                   });
}

// Turns the sums into each channel's line from dy and x to dx:
// dx = gamma * inverse * (dy - mean(dy) - (x - mean) * inverse^2 * mean(dy * (x - mean))), without the means
// in inference.
void gradient_lines(const BatchNormalization& op, const BackwardContext& run, const Layout& layout,
                    const Scratch& scratch, const Saved& saved) {
  const auto count = static_cast<double>(layout.outer * layout.inner);
  for (int64_t c = 0; c < layout.channels; ++c) {
    const double inverse = double{saved.inverse[c]};
    const double gamma = op.scale ? double{run.inputs[1].data[c]} : 1.0;
    const double scale = gamma * inverse;
    const double mean_dy = op.training ? scratch.sums[c] / count : 0.0;
    const double mean_product = op.training ? scratch.sums[layout.channels + c] / count : 0.0;
    const double slope = -scale * inverse * inverse * mean_product;
    scratch.scale[c] = static_cast<float>(scale);
    scratch.slope[c] = static_cast<float>(slope);
    scratch.shift[c] = static_cast<float>(-scale * mean_dy - slope * double{saved.mean[c]});
  }
}

void parameter_gradients(const BatchNormalization& op, const BackwardContext& run, int64_t channels,
                         const Scratch& scratch, const Saved& saved) {
  float* gamma = op.scale ? run.input_gradients[1].data : nullptr;
  float* beta = op.center ? run.input_gradients[op.scale ? 2 : 1].data : nullptr;
  for (int64_t c = 0; c < channels; ++c) {
    if (beta) beta[c] = static_cast<float>(scratch.sums[c]);
    if (gamma) gamma[c] = static_cast<float>(scratch.sums[channels + c] * double{saved.inverse[c]});
  }
}

void input_gradient(const Layout& layout, const BackwardContext& run, const Scratch& scratch) {
  const float* x = run.inputs[0].data;
  const float* dy = run.output_gradient.data;
  float* dx = run.input_gradients[0].data;
  const int64_t run_floats = layout.per_channel() ? layout.channels : layout.inner;
  parallel_for(
      layout.outer * layout.channels * layout.inner / std::max<int64_t>(run_floats, 1),
      [&](int64_t begin, int64_t end, int) {
        for (int64_t i = begin; i < end; ++i) {
          const int64_t at = i * run_floats;
          const Line line = layout.per_channel() ? scratch.line() : scratch.line(i % layout.channels);
          kernels::apply_gradient_line(dy + at, x + at, run_floats, layout.per_channel(), line, dx + at);
        }
      });
}

void pooled_input_gradient(const Pooling& pooling, const Layout& layout, const BackwardContext& run,
                           const Scratch& scratch, const Saved& saved) {
  const ConstView& x = run.inputs[0];
  const int64_t height = x.shape[1];
  const int64_t out_rows = run.output_gradient.shape[1];
  const kernels::PooledRow row = pooled_row(pooling, x.shape);
  kernels::PooledRow uncovered = row;
  uncovered.out_columns = 0;
  parallel_for(x.shape[0] * height, [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t image = at / height;
      const int64_t image_row = at % height;
      const int64_t pooled_at = image_row / pooling.pool_height;
      const bool covered = pooled_at < out_rows;
      const int64_t out = (image * out_rows + pooled_at) * row.out_columns * row.channels;
      const int64_t in = at * row.columns * row.channels;
      kernels::apply_pooled_gradient_line(
          run.output_gradient.data + out, saved.source + out, x.data + in, covered ? row : uncovered,
          image_row % pooling.pool_height, layout.per_channel(),
          scratch.line(layout.per_channel() ? 0 : image_row), run.input_gradients[0].data + in);
    }
  });
}

}  // namespace

Shape BatchNormalization::output_shape(std::span<const Shape> inputs) const {
  const int64_t channels = layout_of(*this, inputs[0]).channels;
  for (size_t i = 1; i < inputs.size(); ++i) {
    if (inputs[i] != Shape{channels}) {
      throw Error("batch normalization over {} channels has a parameter of shape {}", channels,
                  inputs[i].to_string());
    }
  }
  return pooling ? pooling->output_shape(inputs.first(1)) : inputs[0];
}

int64_t BatchNormalization::saved_floats(std::span<const Shape> inputs) const {
  const int64_t pooled = pooled_size(*this, inputs[0]);
  return 2 * layout_of(*this, inputs[0]).channels + pooled + (pooled + 3) / 4;
}

int64_t BatchNormalization::scratch_floats(std::span<const Shape> inputs) const {
  return layout_of(*this, inputs[0]).channels * (4 * thread_count() + 3);
}

void BatchNormalization::forward(const ForwardContext& run) const {
  const Shape& shape = run.inputs[0].shape;
  const Layout layout = layout_of(*this, shape);
  const Scratch scratch(run.scratch.data(), layout.channels);
  const Saved saved = saved_of(*this, shape, run.saved.data());
  if (layout.outer * layout.inner == 0) return;
  if (training) {
    batch_statistics(*this, run, layout, scratch, saved);
  } else {
    moving_statistics(*this, run, layout.channels, saved);
  }
  const float* gamma = scale ? run.inputs[1].data : nullptr;
  const float* beta = center ? run.inputs[scale ? 2 : 1].data : nullptr;
  for (int64_t c = 0; c < layout.channels; ++c) {
    scratch.scale[c] = saved.inverse[c] * (gamma ? gamma[c] : 1.0F);
    scratch.shift[c] = (beta ? beta[c] : 0.0F) - saved.mean[c] * scratch.scale[c];
  }
  if (pooling) {
    normalize_and_pool(*pooling, run, layout.per_channel(), scratch, saved);
  } else {
    normalize(layout, run.inputs[0], scratch, run.output.data);
  }
}

void BatchNormalization::backward(const BackwardContext& run) const {
  const Shape& shape = run.inputs[0].shape;
  const Layout layout = layout_of(*this, shape);
  const Scratch scratch(run.scratch.data(), layout.channels);
  const Saved saved = saved_of(*this, shape, run.saved.data());
  if (pooling) {
    pooled_gradient_sums(*pooling, layout, run, scratch, saved);
  } else {
    gradient_sums(layout, run, scratch, saved);
  }
  gradient_lines(*this, run, layout, scratch, saved);
  parameter_gradients(*this, run, layout.channels, scratch, saved);
  if (run.input_gradients[0].data == nullptr) return;
  if (pooling) {
    pooled_input_gradient(*pooling, layout, run, scratch, saved);
  } else {
    input_gradient(layout, run, scratch);
  }
}

}  // namespace antler::ops
