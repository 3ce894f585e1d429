#include "antler/ops/depthwise_convolution.h"

#include <algorithm>

#include "antler/core/parallel.h"
#include "antler/ops/kernels/depthwise.h"

namespace antler::ops {
namespace {

// What output row `i` is made of: the kernel rows that meet the image, and the image rows that they meet.
struct Row {
  kernels::DepthwiseRow sizes;
  int64_t x;       // the first image row, in floats
  int64_t kernel;  // the first kernel row, in floats
};

Row row_of(const Convolution& op, const ConvolutionGeometry& g, int64_t i) {
  const int64_t top = i * op.stride_height - op.pad_top;
  const kernels::Taps taps = kernels::taps_within(top, op.dilation_height, g.kernel_height, g.height);
  const int64_t row_floats = g.width * g.channels;
  return {.sizes = {.channels = g.channels,
                    .columns = g.width,
                    .out_columns = g.out_width,
                    .kernel_rows = taps.end - taps.begin,
                    .kernel_columns = g.kernel_width,
                    .row_step = op.dilation_height * row_floats,
                    .stride = op.stride_width,
                    .dilation = op.dilation_width,
                    .pad = op.pad_left},
          .x = (top + taps.begin * op.dilation_height) * row_floats,
          .kernel = taps.begin * g.kernel_width * g.channels};
}

}  // namespace

bool is_depthwise(const Convolution& op, const ConvolutionGeometry& geometry) {
  return op.groups > 1 && op.groups == geometry.channels && geometry.filters == geometry.channels;
}

void depthwise_forward(const Convolution& op, const ConvolutionGeometry& g, const ForwardContext& run) {
  const float* bias = op.bias ? run.inputs[2].data : nullptr;
  parallel_for(g.batch * g.out_height, [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; ++at) {
      const Row row = row_of(op, g, at % g.out_height);
      kernels::depthwise(row.sizes, run.inputs[0].data + at / g.out_height * g.image_size() + row.x,
                         run.inputs[1].data + row.kernel, bias, op.relu,
                         run.output.data + at * g.out_width * g.channels);
    }
  });
}

void add_depthwise_kernel_gradient(const Convolution& op, const ConvolutionGeometry& g, const float* x,
                                   const float* dy, float* dkernel) {
  for (int64_t i = 0; i < g.out_height; ++i) {
    const Row row = row_of(op, g, i);
    kernels::add_depthwise_kernel_gradient(row.sizes, x + row.x, dy + i * g.out_width * g.channels,
                                           dkernel + row.kernel);
  }
}

void depthwise_input_gradient(const Convolution& op, const ConvolutionGeometry& g, const float* kernel,
                              const float* dy, float* dx) {
  std::fill_n(dx, g.image_size(), 0.0F);
  for (int64_t i = 0; i < g.out_height; ++i) {
    const Row row = row_of(op, g, i);
    kernels::add_depthwise_input_gradient(row.sizes, kernel + row.kernel, dy + i * g.out_width * g.channels,
                                          dx + row.x);
  }
}

}  // namespace antler::ops
