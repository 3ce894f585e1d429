#include "antler/ops/transposed_convolution.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"
#include "antler/core/parallel.h"
#include "antler/ops/images.h"

namespace antler::ops {
namespace {

void add_bias(const View& y, const float* bias) {
  const int64_t filters = y.shape.back();
  parallel_for(y.size() / filters, [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin * filters; at < end * filters; at += filters) {
      for (int64_t f = 0; f < filters; ++f) y.data[at + f] += bias[f];
    }
  });
}

void sum_bias_gradient(const ConstView& dy, const View& gradient) {
  const int64_t filters = gradient.size();
  std::ranges::fill(gradient.span(), 0.0F);
  for (int64_t at = 0; at < dy.size(); at += filters) {
    for (int64_t f = 0; f < filters; ++f) gradient.data[f] += dy.data[at + f];
  }
}

}  // namespace

Shape TransposedConvolution::output_shape(std::span<const Shape> inputs) const {
  const int rank = inputs[0].rank();
  if (inputs[1].rank() != rank || (rank != 3 && rank != 4)) {
    throw Error(
        "a transposed convolution has an input of shape {} and a kernel of shape {}; expected three extents "
        "each, or four",
        inputs[0].to_string(), inputs[1].to_string());
  }
  const Shape y = like_input({inputs[0][0], height, width, inputs[1][-2]}, inputs[0]);
  const std::array<Shape, 2> turned{y, inputs[1]};
  if (convolution.output_shape(turned) != inputs[0]) {
    throw Error("a kernel of shape {} does not make images of {}x{} from an input of shape {}",
                inputs[1].to_string(), height, width, inputs[0].to_string());
  }
  return y;
}

int64_t TransposedConvolution::scratch_floats(std::span<const Shape> inputs) const {
  const std::array<Shape, 2> turned{output_shape(inputs), inputs[1]};
  return convolution.scratch_floats(turned);
}

void TransposedConvolution::forward(const ForwardContext& run) const {
  const std::array<ConstView, 2> inputs{ConstView{nullptr, run.output.shape}, run.inputs[1]};
  const std::array<View, 2> gradients{run.output, View{nullptr, run.inputs[1].shape}};
  convolution.backward({.inputs = inputs,
                        .output = {nullptr, run.inputs[0].shape},
                        .output_gradient = run.inputs[0],
                        .input_gradients = gradients,
                        .saved = {},
                        .scratch = run.scratch,
                        .random = run.random});
  if (bias) add_bias(run.output, run.inputs[2].data);
}

void TransposedConvolution::backward(const BackwardContext& run) const {
  const std::array<ConstView, 2> inputs{run.output_gradient, run.inputs[1]};
  if (run.input_gradients[0].data != nullptr) {
    convolution.forward({.inputs = inputs,
                         .state = {},
                         .output = run.input_gradients[0],
                         .saved = {},
                         .scratch = run.scratch,
                         .random = run.random});
  }
  if (run.input_gradients[1].data != nullptr) {
    const std::array<View, 2> gradients{View{nullptr, run.output_gradient.shape}, run.input_gradients[1]};
    convolution.backward({.inputs = inputs,
                          .output = {nullptr, run.inputs[0].shape},
                          .output_gradient = run.inputs[0],
                          .input_gradients = gradients,
                          .saved = {},
                          .scratch = run.scratch,
                          .random = run.random});
  }
  if (bias && run.input_gradients[2].data != nullptr)
    sum_bias_gradient(run.output_gradient, run.input_gradients[2]);
}

}  // namespace antler::ops
