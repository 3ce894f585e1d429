#include "antler/ops/glu.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

float sigmoid(float x) {
  return static_cast<float>(1.0 / (1.0 + std::exp(-double{x})));
}

// Calls work(element of the output, its a in the input, its b) for each.
template <typename Work>
void for_each_pair(const Shape& y, const Work& work) {
  const int64_t half = y.back();
  for_each_element(y.size(), [&](int64_t i) {
    const int64_t a = i / half * 2 * half + i % half;
    work(i, a, a + half);
  });
}

}  // namespace

Shape Glu::output_shape(std::span<const Shape> inputs) const {
  Shape y = inputs[0];
  if (y.back() % 2 != 0)
    throw Error("the last extent of {} has no halves, which glu multiplies", y.to_string());
  y[-1] /= 2;
  return y;
}

void Glu::forward(const ForwardContext& run) const {
  const float* x = run.inputs[0].data;
  for_each_pair(run.output.shape,
                [&](int64_t i, int64_t a, int64_t b) { run.output.data[i] = x[a] * sigmoid(x[b]); });
}

void Glu::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  const float* x = run.inputs[0].data;
  for_each_pair(run.output_gradient.shape, [&](int64_t i, int64_t a, int64_t b) {
    const float gate = sigmoid(x[b]);
    dx.data[a] = run.output_gradient.data[i] * gate;
    dx.data[b] = run.output_gradient.data[i] * x[a] * gate * (1.0F - gate);
  });
}

}  // namespace antler::ops
