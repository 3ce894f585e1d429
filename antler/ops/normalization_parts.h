// How batch normalisation sees its input, and what its passes share.
#pragma once

#include <algorithm>
#include <cstdint>

#include "antler/core/parallel.h"
#include "antler/ops/kernels/normalized_pooling.h"
#include "antler/ops/normalization.h"

namespace antler::ops {

/// x seen as (outer, channels, inner): the axis's elements are the channels.
struct NormalizationLayout {
  int64_t outer = 1, channels = 1, inner = 1;

  NormalizationLayout(const BatchNormalization& op, const Shape& x);
  bool per_channel() const { return inner == 1; }
};

/// What forward keeps: mean and 1 / sqrt(variance + epsilon) of each channel, then with pooling for each
/// pooled element the x that won and, in bytes, which of its window's elements that was.
struct NormalizationSaved {
  float* mean;
  float* inverse;
  float* source_x;
  uint8_t* source;

  NormalizationSaved(const BatchNormalization& op, const Shape& x, const float* memory);
  static int64_t floats(const BatchNormalization& op, const Shape& x);
};

/// Working memory: two sums in double for each thread and channel, then forward's line of each channel, then
/// backward's.
struct NormalizationScratch {
  int64_t channels;
  double* sums;
  float* forward_scale;
  float* forward_shift;
  float* scale;
  float* slope;
  float* shift;

  NormalizationScratch(float* memory, int64_t count)
      : channels(count),
        sums(reinterpret_cast<double*>(memory)),
        forward_scale(memory + 4 * count * thread_count()),
        forward_shift(forward_scale + count),
        scale(forward_shift + count),
        slope(scale + count),
        shift(slope + count) {}
  static int64_t floats(int64_t channels) { return channels * (4 * thread_count() + 5); }

  kernels::Line line(bool relu) const { return {forward_scale, forward_shift, relu}; }
  kernels::GradientLine gradient_line(const BatchNormalization& op) const {
    return {scale, slope, shift, line(op.relu), op.of_relu};
  }

  /// Runs add(begin, end, thread, sums, other sums) on parts of [0, count) and leaves the totals in `sums`.
  template <typename Add>
  void sum_over_threads(int64_t count, const Add& add) const {
    const int threads = thread_count();
    std::fill_n(sums, 2 * channels * threads, 0.0);
    parallel_for(count, [&](int64_t begin, int64_t end, int thread) {
      double* own = sums + 2 * channels * thread;
      add(begin, end, thread, own, own + channels);
    });
    for (int64_t i = 2 * channels; i < 2 * channels * threads; ++i) sums[i % (2 * channels)] += sums[i];
  }
};

/// Adds the differences from `scratch.shift` of `count` numbers at `x`, and the squares of these, to the
/// sums: whole runs of a channel, or whole rows of channels, of which the first number is the tensor's
/// `first`.
void add_moments(const NormalizationLayout& layout, const NormalizationScratch& scratch, const float* x,
                 int64_t first, int64_t count, double* sum, double* squares);

/// Turns the sums of differences from `scratch.shift` and of their squares, which are in `scratch.sums`, into
/// the batch's statistics and renews the moving ones.
void finish_statistics(const BatchNormalization& op, std::span<const View> state,
                       const NormalizationLayout& layout, const NormalizationScratch& scratch,
                       const NormalizationSaved& saved);

/// Images and what is pooled of them, a row at a time.
struct PooledRows {
  kernels::PooledRow row;
  int64_t of_image;  // rows of windows

  PooledRows(const Pooling& pooling, const Shape& x, bool per_channel);

  /// Where what is pooled of a row of windows begins.
  int64_t at(int64_t image, int64_t window_row) const {
    return (image * of_image + window_row) * row.out_columns * row.channels;
  }
  /// Pools the row of windows that begins at `x`; where they came from is kept only with `backward_follows`.
  void pool(const float* x, int64_t image, int64_t window_row, const kernels::Line& line,
            const NormalizationSaved& saved, bool backward_follows, float* y) const;
  /// Writes the gradients of the row of an image that lies at `x`; `dx` may be the same.
  void gradient(const float* dy, const NormalizationSaved& saved, int64_t image, int64_t image_row,
                const kernels::GradientLine& line, const float* x, float* dx) const;

 private:
  // The line of an image's row.
  template <typename AnyLine>
  AnyLine of_row(const AnyLine& line, int64_t image_row) const {
    return line.from(row.per_channel ? 0 : image_row);
  }
};

/// Writes forward's lines, from the saved statistics and what the inputs hold for gamma and beta.
void forward_lines(const BatchNormalization& op, std::span<const ConstView> inputs,
                   const NormalizationSaved& saved, const NormalizationScratch& scratch);

/// BatchNormalization::backward. It leaves backward's lines in the working memory, also where nobody asks for
/// the gradient of x.
void normalization_gradients(const BatchNormalization& op, const BackwardContext& run);

}  // namespace antler::ops
