// Models with something of all that a file must keep, for the tests of file formats.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"

namespace antler {

// Numbers that float32 does not round, different in each place.
inline Tensor pattern(const Shape& shape, float start) {
  Tensor values(shape);
  for (int64_t i = 0; i < values.size(); ++i) values[i] = start + 0.125F * static_cast<float>(i);
  return values;
}

// A compiled classifier of (4, 4, 1) images that has been trained for two batches.
inline Model trained_sequential() {
  set_random_seed(5);
  Sequential model({layers::Input({4, 4, 1}), layers::Conv2D(2, {.kernel_size = {2, 2}}),
                    layers::BatchNormalization({.axis = 1}), layers::Flatten(),
                    layers::Dense(3, {.activation = "softmax"})},
                   "small");
  model.compile({.optimizer = optimizers::Adam({.learning_rate = 0.0078125}), .metrics = {"accuracy"}});
  Tensor y({8, 3});
  for (int64_t row = 0; row < 8; ++row) y[3 * row + row % 3] = 1.0F;
  model.fit(pattern({8, 4, 4, 1}, -1.0F), y, {.batch_size = 4, .verbose = 0});
  return model;
}

// Two inputs, two outputs, a layer applied twice, and two models that serve as layers, one of them twice; a
// layer inside is frozen.
inline Model branched() {
  set_random_seed(6);
  const layers::Symbol inner_input = layers::Input({4});
  const layers::Layer frozen = layers::Dense(3, {.name = "frozen"});
  frozen.base().trainable = false;
  const Model inner({inner_input}, {layers::Dense(3, {.name = "open"})(frozen(inner_input))}, "inner");
  const Sequential stack({layers::Input({4}), layers::Dense(3, {.name = "stacked"})}, "stack");
  const layers::Layer shared = layers::Dense(3, {.name = "shared"});
  const layers::Symbol a = layers::Input({4}, "a");
  const layers::Symbol b = layers::Input({4}, "b");
  const layers::Symbol sum = layers::Add()({inner(a), inner(b), stack(b), shared(a), shared(b)});
  return {{a, b},
          {layers::Dense(2, {.name = "first"})(sum), layers::Dense(1, {.name = "second"})(sum)},
          "branched"};
}

inline void expect_same(const Tensor& a, const Tensor& b) {
  EXPECT_EQ(a.shape(), b.shape());
  EXPECT_THAT(a.span(), ::testing::ElementsAreArray(b.span()));
}

inline void expect_same(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) expect_same(a[i], b[i]);
}

inline void expect_same_state(const optimizers::Optimizer& a, const optimizers::Optimizer& b) {
  EXPECT_EQ(a.config(), b.config());
  EXPECT_EQ(a.learning_rate(), b.learning_rate());
  EXPECT_EQ(a.state().iterations, b.state().iterations);
  ASSERT_EQ(a.state().slots.size(), b.state().slots.size());
  for (size_t slot = 0; slot < a.state().slots.size(); ++slot)
    expect_same(a.state().slots[slot], b.state().slots[slot]);
}

}  // namespace antler
