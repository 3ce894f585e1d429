#include <algorithm>

#include "antler/ops/normalization_parts.h"

namespace antler::ops {
namespace {

using Layout = NormalizationLayout;
using Saved = NormalizationSaved;
using Scratch = NormalizationScratch;

void gradient_sums(const Layout& layout, const BackwardContext& run, const kernels::Line& forward,
                   const Scratch& scratch, const Saved& saved) {
  const float* x = run.inputs[0].data;
  const float* dy = run.output_gradient.data;
  scratch.sum_over_threads(layout.outer, [&](int64_t begin, int64_t end, int, double* sum, double* product) {
    const int64_t first = begin * layout.channels * layout.inner;
    if (layout.per_channel()) {
      kernels::add_products_per_channel(dy + first, x + first, end - begin, layout.channels, saved.mean,
                                        forward, sum, product);
      return;
    }
    for (int64_t i = 0; i < (end - begin) * layout.channels; ++i) {
      const int64_t c = i % layout.channels;
      const int64_t at = first + i * layout.inner;
      kernels::add_products(dy + at, x + at, layout.inner, saved.mean[c], forward.from(c), sum[c],
                            product[c]);
    }
  });
}

void pooled_gradient_sums(const PooledRows& rows, const BackwardContext& run, const kernels::Line& forward,
                          const Scratch& scratch, const Saved& saved) {
  const kernels::PooledRow& row = rows.row;
  const int64_t row_floats = row.out_columns * row.channels;
  const float* dy = run.output_gradient.data;
  scratch.sum_over_threads(run.output_gradient.shape[0] * rows.of_image, [&](int64_t begin, int64_t end, int,
                                                                             double* sum, double* product) {
    if (row.per_channel) {
      kernels::add_products_per_channel(dy + begin * row_floats, saved.source_x + begin * row_floats,
                                        (end - begin) * row.out_columns, row.channels, saved.mean, forward,
                                        sum, product);
      return;
    }
    for (int64_t at = begin; at < end; ++at) {
      const int64_t out = at * row_floats;
      const int64_t c = at % rows.of_image * row.pool_height;
      kernels::add_pooled_products(dy + out, saved.source_x + out, saved.source + out, row, saved.mean + c,
                                   forward.from(c), sum + c, product + c);
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

void parameter_gradients(const BatchNormalization& op, const BackwardContext& run, const Scratch& scratch,
                         const Saved& saved) {
  float* gamma = op.scale ? run.input_gradients[1].data : nullptr;
  float* beta = op.center ? run.input_gradients[op.scale ? 2 : 1].data : nullptr;
  for (int64_t c = 0; c < scratch.channels; ++c) {
    if (beta) beta[c] = static_cast<float>(scratch.sums[c]);
    if (gamma) gamma[c] = static_cast<float>(scratch.sums[scratch.channels + c] * double{saved.inverse[c]});
  }
}

void input_gradient(const Layout& layout, const BackwardContext& run, const kernels::GradientLine& line) {
  const float* x = run.inputs[0].data;
  const float* dy = run.output_gradient.data;
  float* dx = run.input_gradients[0].data;
  if (layout.per_channel()) {
    parallel_for(layout.outer, [&](int64_t begin, int64_t end, int) {
      const int64_t at = begin * layout.channels;
      kernels::apply_gradient_line_per_channel(dy + at, x + at, end - begin, layout.channels, line, dx + at);
    });
    return;
  }
  parallel_for(layout.outer * layout.channels, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t at = i * layout.inner;
      kernels::apply_gradient_line(dy + at, x + at, layout.inner, line.from(i % layout.channels), dx + at);
    }
  });
}

void pooled_input_gradient(const PooledRows& rows, const BackwardContext& run,
                           const kernels::GradientLine& line, const Saved& saved) {
  const ConstView& x = run.inputs[0];
  const int64_t height = x.shape[1];
  const int64_t row_floats = rows.row.columns * rows.row.channels;
  parallel_for(x.shape[0] * height, [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      rows.gradient(run.output_gradient.data, saved, at / height, at % height, line, x.data + at * row_floats,
                    run.input_gradients[0].data + at * row_floats);
    }
  });
}

}  // namespace

void normalization_gradients(const BatchNormalization& op, const BackwardContext& run) {
  const Shape& shape = run.inputs[0].shape;
  const Layout layout(op, shape);
  const Scratch scratch(run.scratch.data(), layout.channels);
  const Saved saved(op, shape, run.saved.data());
  if (op.relu) forward_lines(op, run.inputs, saved, scratch);
  const kernels::GradientLine line = scratch.gradient_line(op);
  if (op.pooling) {
    pooled_gradient_sums(PooledRows(*op.pooling, shape, layout.per_channel()), run, line.forward, scratch,
                         saved);
  } else {
    gradient_sums(layout, run, line.forward, scratch, saved);
  }
  gradient_lines(op, run, layout, scratch, saved);
  parameter_gradients(op, run, scratch, saved);
  if (run.input_gradients[0].data == nullptr) return;
  if (op.pooling) {
    pooled_input_gradient(PooledRows(*op.pooling, shape, layout.per_channel()), run, line, saved);
  } else {
    input_gradient(layout, run, line);
  }
}

}  // namespace antler::ops
