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
    const int64_t first = begin * layout.channels * layout.inner;
    const int64_t count = (end - begin) * layout.channels * layout.inner;
    add_moments(layout, scratch, x + first, first, count, sum, squares);
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
  const PooledRows rows(pooling, x.shape, per_channel);
  const int64_t row_floats = rows.row.columns * rows.row.channels;
  parallel_for(x.shape[0] * rows.of_image, [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t image = at / rows.of_image;
      const int64_t window_row = at % rows.of_image;
      rows.pool(x.data + (image * x.shape[1] + window_row * pooling.pool_height) * row_floats, image,
                window_row, line, saved, run.backward_follows, run.output.data);
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

void add_moments(const Layout& layout, const Scratch& scratch, const float* x, int64_t first, int64_t count,
                 double* sum, double* squares) {
  if (layout.per_channel())
    return kernels::add_moments_per_channel(x, count / layout.channels, layout.channels, scratch.shift, sum,
                                            squares);
  for (int64_t i = 0; i < count / layout.inner; ++i) {
    const int64_t c = (first / layout.inner + i) % layout.channels;
    kernels::add_moments(x + i * layout.inner, layout.inner, scratch.shift[c], sum[c], squares[c]);
  }
}

PooledRows::PooledRows(const Pooling& pooling, const Shape& x, bool per_channel)
    : row{.pool_height = pooling.pool_height,
          .pool_width = pooling.pool_width,
          .columns = x[2],
          .out_columns = x[2] / pooling.pool_width,
          .channels = x[3],
          .per_channel = per_channel},
      of_image(x[1] / pooling.pool_height) {}

void PooledRows::pool(const float* x, int64_t image, int64_t window_row, const kernels::Line& line,
                      const Saved& saved, bool backward_follows, float* y) const {
  const int64_t out = at(image, window_row);
  kernels::pool_line(x, row, of_row(line, window_row * row.pool_height), y + out,
                     backward_follows ? saved.source + out : nullptr, saved.source_x + out);
}

void PooledRows::gradient(const float* dy, const Saved& saved, int64_t image, int64_t image_row,
                          const kernels::GradientLine& line, const float* x, float* dx) const {
  const int64_t window_row = image_row / row.pool_height;
  const int64_t out = at(image, window_row);
  kernels::PooledRow covered = row;
  if (window_row >= of_image) covered.out_columns = 0;
  kernels::apply_pooled_gradient_line(dy + out, saved.source + out, x, covered, image_row % row.pool_height,
                                      of_row(line, image_row), dx);
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
