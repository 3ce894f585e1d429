// Layers on numbers that are easily made again in Python, so that Keras's figures can stand in the tests.
#pragma once

#include <gmock/gmock.h>

#include "tests/layers/run_layer.h"

namespace antler::layers {

/// Whole numbers from -5 to 5 in no order: np.arange(size) * 7 % 11 - 5, plus `more`.
inline Tensor numbered(const Shape& shape, float more = 0.0F) {
  Tensor tensor(shape);
  for (int64_t i = 0; i < tensor.size(); ++i) tensor[i] = static_cast<float>(i * 7 % 11 - 5) + more;
  return tensor;
}

/// Expects that the layer makes `expected` of `x`, where its weights are numbered() too, all but the first
/// with 0.5 more.
inline void expect_gives(Layer layer, const Tensor& x, const Tensor& expected) {
  build_layer(layer, x.shape().without_batch());
  std::vector<Tensor> weights;
  for (const Tensor& weight : layer.get_weights()) {
    weights.push_back(numbered(weight.shape(), weights.empty() ? 0.0F : 0.5F));
  }
  layer.set_weights(weights);
  const Tensor y = run_layer(layer, x);
  EXPECT_EQ(y.shape(), expected.shape()) << config_of(layer);
  EXPECT_THAT(y.span(), testing::Pointwise(testing::FloatNear(1e-5F), expected.span())) << config_of(layer);
}

/// The names and shapes of a layer's weights: "kernel (3, 2, 4)".
inline std::vector<std::string> weights_of(const Layer& layer, const Shape& sample) {
  build_layer(layer, sample);
  std::vector<std::string> found;
  for (const Weight& weight : layer.base().weights)
    found.push_back(weight.name + " " + weight.value.shape().to_string());
  return found;
}

}  // namespace antler::layers
