// The gradient of a convolution's input.
#pragma once

#include "antler/ops/convolution_geometry.h"
#include "antler/ops/convolution_images.h"

namespace antler::ops {

/// An image's output gradient, before the relu: rows of out_width * filters, `step` floats apart.
struct GradientRows {
  const float* data;
  int64_t step;
};

/// Works image by image, each on one thread, with memory of the caller's. There are two ways. With strides,
/// or with channels that would not fill a vector, each output pixel's gradient is multiplied with the kernel
/// and added to the pixels under its window. Else it is a convolution of the output's gradient, spread among
/// zeros, with the turned kernel: by Winograd's algorithm, or directly.
class ConvolutionInputGradient {
 public:
  static int64_t kernel_floats(const ConvolutionGeometry& g);
  static int64_t thread_floats(const ConvolutionGeometry& g);

  /// `kernel` has kernel_floats().
  ConvolutionInputGradient(const Convolution& op, const ConvolutionGeometry& g, float* kernel);

  /// Lays the convolution's kernel out as the images need it.
  void prepare(const float* kernel) const;
  /// Once before a thread's first image.
  void clear(float* memory) const;
  /// Where a thread's next gradient is best written to, rows place_step() floats apart; or null.
  float* place(float* memory) const;
  int64_t place_step() const { return g_.spread_width * g_.filters; }

  /// Overwrites dx, one image of those that a thread goes through in turn; it may be written only in the
  /// turn of a later one.
  void operator()(const GradientRows& dy, ImageTurn turn, float* dx, float* memory) const;

 private:
  void convolve_by_winograd(float* dx, ImageTurn turn, const float* spread, float* memory) const;
  void convolve(float* dx, const float* spread) const;
  void spread_rows(const GradientRows& dy, float* spread) const;
  void scatter(const GradientRows& dy, float* dx, float* memory) const;

  const Convolution& op_;
  const ConvolutionGeometry& g_;
  float* kernel_;
  Window window_;       // of what is scattered, or convolved
  int64_t top_, left_;  // where the first output pixel lies in the spread; negative: it only touched padding
  bool holds_rows_;     // each output row lies whole and as it is in a row of the spread
};

}  // namespace antler::ops
