#include "antler/ops/normalization.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "antler/core/error.h"
#include "antler/ops/normalization_parts.h"

namespace antler::ops {
namespace {

using Layout = NormalizationLayout;
using Saved = NormalizationSaved;
using Scratch = NormalizationScratch;

int64_t pooled_size(const BatchNormalization& op, const Shape& x) {
  if (!op.pooling) return 0;
  const std::array<Shape, 1> inputs{x};
  return op.pooling->output_shape(inputs).size();
}

void batch_statistics(const BatchNormalization& op, const ForwardContext& run, const Layout& layout,
                      const Scratch& scratch, const Saved& saved) {
  const float* x = run.inputs[0].data;
  // Sums of differences from a value of the same channel do not cancel as sums of the values themselves
  // would.
  float* shift = scratch.shift;
  for (int64_t c = 0; c < layout.channels; ++c) shift[c] = x[c * layout.inner];
  scratch.sum_over_threads(layout.outer, [&](int64_t begin, int64_t end, int, double* sum, double* squares) {
    const float* from = x + begin * layout.channels * layout.inner;
    if (layout.per_channel())
      return kernels::add_moments_per_channel(from, end - begin, layout.channels, shift, sum, squares);
    for (int64_t i = 0; i < (end - begin) * layout.channels; ++i) {
      const int64_t c = i % layout.channels;
      kernels::add_moments(from + i * layout.inner, layout.inner, shift[c], sum[c], squares[c]);
    }
  });
  finish_statistics(op, run.state, layout, scratch, saved);
}

void moving_statistics(const BatchNormalization& op, const ForwardContext& run, int64_t channels,
                       const Saved& saved) {
  for (int64_t c = 0; c < channels; ++c) {
    saved.mean[c] = run.state[0].data[c];
    saved.inverse[c] = 1.0F / std::sqrt(run.state[1].data[c] + op.epsilon);
  }
}

void normalize(const Layout& layout, const ConstView& x, const kernels::Line& line, float* y) {
  if (layout.per_channel()) {
    parallel_for(layout.outer, [&](int64_t begin, int64_t end, int) {
      const int64_t first = begin * layout.channels;
      kernels::apply_line_per_channel(x.data + first, end - begin, layout.channels, line, y + first);
    });
    return;
  }
  parallel_for(layout.outer * layout.channels, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      kernels::apply_line(x.data + i * layout.inner, layout.inner, line.from(i % layout.channels),
                          y + i * layout.inner);
    }
  });
}

void normalize_and_pool(const Pooling& pooling, const ForwardContext& run, bool per_channel,
                        const kernels::Line& line, const Saved& saved) {
  const ConstView& x = run.inputs[0];
  const kernels::PooledRow row = pooled_row(pooling, x.shape, per_channel);
  const int64_t out_rows = run.output.shape[1];
  parallel_for(x.shape[0] * out_rows, [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t first_row = at % out_rows * pooling.pool_height;
      const int64_t out = at * row.out_columns * row.channels;
      kernels::pool_line(x.data + (at / out_rows * x.shape[1] + first_row) * row.columns * row.channels, row,
                         line.from(per_channel ? 0 : first_row), run.output.data + out,
                         run.backward_follows ? saved.source + out : nullptr, saved.source_x + out);
    }
  });
}

}  // namespace

NormalizationLayout::NormalizationLayout(const BatchNormalization& op, const Shape& x) {
  const int axis = x.checked_axis(op.axis);
  channels = x[axis];
  for (int i = 0; i < axis; ++i) outer *= x[i];
  for (int i = axis + 1; i < x.rank(); ++i) inner *= x[i];
}

NormalizationSaved::NormalizationSaved(const BatchNormalization& op, const Shape& x, const float* memory)
    : mean(const_cast<float*>(memory)),  // NOLINT: forward writes it, backward reads it
      inverse(mean + Layout(op, x).channels),
      source_x(inverse + Layout(op, x).channels),
      source(reinterpret_cast<uint8_t*>(source_x + pooled_size(op, x))) {}

int64_t NormalizationSaved::floats(const BatchNormalization& op, const Shape& x) {
  const int64_t pooled = pooled_size(op, x);
  return 2 * Layout(op, x).channels + pooled + (pooled + 3) / 4;
}

void finish_statistics(const BatchNormalization& op, std::span<const View> state, const Layout& layout,
                       const Scratch& scratch, const Saved& saved) {
  const auto count = static_cast<double>(layout.outer * layout.inner);
  const double correction = op.unbiased_moving_variance ? count / std::max(count - 1.0, 1.0) : 1.0;
  for (int64_t c = 0; c < layout.channels; ++c) {
    const double offset = scratch.sums[c] / count;
    const double variance = std::max(0.0, scratch.sums[layout.channels + c] / count - offset * offset);
    const double mean = double{scratch.shift[c]} + offset;
    saved.mean[c] = static_cast<float>(mean);
    saved.inverse[c] = static_cast<float>(1.0 / std::sqrt(variance + double{op.epsilon}));
    const auto renew = [&](float& moving, double batch) {
      moving = moving * op.momentum + static_cast<float>(batch) * (1.0F - op.momentum);
    };
    renew(state[0].data[c], mean);
    renew(state[1].data[c], variance * correction);
  }
}

kernels::PooledRow pooled_row(const Pooling& pooling, const Shape& x, bool per_channel) {
  return {.pool_height = pooling.pool_height,
          .pool_width = pooling.pool_width,
          .columns = x[2],
          .out_columns = x[2] / pooling.pool_width,
          .channels = x[3],
          .per_channel = per_channel};
}

void forward_lines(const BatchNormalization& op, std::span<const ConstView> inputs, const Saved& saved,
                   const Scratch& scratch) {
  const float* gamma = op.scale ? inputs[1].data : nullptr;
  const float* beta = op.center ? inputs[op.scale ? 2 : 1].data : nullptr;
  for (int64_t c = 0; c < scratch.channels; ++c) {
    scratch.forward_scale[c] = saved.inverse[c] * (gamma ? gamma[c] : 1.0F);
    scratch.forward_shift[c] = (beta ? beta[c] : 0.0F) - saved.mean[c] * scratch.forward_scale[c];
  }
}

std::string BatchNormalization::name() const {
  return std::string("batch normalization") + (relu ? " + relu" : "") + (pooling ? " + max pooling" : "");
}

Shape BatchNormalization::output_shape(std::span<const Shape> inputs) const {
  const int64_t channels = Layout(*this, inputs[0]).channels;
  for (size_t i = 1; i < inputs.size(); ++i) {
    if (inputs[i] != Shape{channels}) {
      throw Error("batch normalization over {} channels has a parameter of shape {}", channels,
                  inputs[i].to_string());
    }
  }
  return pooling ? pooling->output_shape(inputs.first(1)) : inputs[0];
}

bool BatchNormalization::backward_reads_input(size_t index) const {
  const bool is_gamma = scale && index == 1;
  return index == 0 || is_gamma || relu;  // from x and the line the relu's mask is found again
}

int64_t BatchNormalization::saved_floats(std::span<const Shape> inputs) const {
  return Saved::floats(*this, inputs[0]);
}

int64_t BatchNormalization::scratch_floats(std::span<const Shape> inputs) const {
  return Scratch::floats(Layout(*this, inputs[0]).channels);
}

void BatchNormalization::forward(const ForwardContext& run) const {
  const Shape& shape = run.inputs[0].shape;
  const Layout layout(*this, shape);
  const Scratch scratch(run.scratch.data(), layout.channels);
  const Saved saved(*this, shape, run.saved.data());
  if (layout.outer * layout.inner == 0) return;
  if (training) {
    batch_statistics(*this, run, layout, scratch, saved);
  } else {
    moving_statistics(*this, run, layout.channels, saved);
  }
  forward_lines(*this, run.inputs, saved, scratch);
  if (pooling) {
    normalize_and_pool(*pooling, run, layout.per_channel(), scratch.line(relu), saved);
  } else {
    normalize(layout, run.inputs[0], scratch.line(relu), run.output.data);
  }
}

void BatchNormalization::backward(const BackwardContext& run) const {
  normalization_gradients(*this, run);
}

}  // namespace antler::ops
