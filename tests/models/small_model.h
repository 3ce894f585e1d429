// A small network and data it can learn, for the tests of the training loop.
#pragma once

#include "antler/core/random.h"
#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"

namespace antler {

struct Samples {
  Tensor x;
  Tensor y;
};

/// Points in the plane, one-hot by whether their coordinates have the same sign.
inline Samples exclusive_or(int64_t count) {
  Samples samples{Tensor({count, 2}), Tensor({count, 2})};
  RandomStream(3, 1).fill_uniform(samples.x.span(), -1.0F, 1.0F);
  for (int64_t i = 0; i < count; ++i) {
    const bool same = (samples.x[2 * i] > 0.0F) == (samples.x[2 * i + 1] > 0.0F);
    samples.y[2 * i + (same ? 1 : 0)] = 1.0F;
  }
  return samples;
}

/// With everything whose state a cut run must restore: dropout, moving statistics, an optimizer with slots.
inline Sequential small_model(uint64_t seed, float dropout = 0.1F) {
  set_random_seed(seed);
  Sequential model;
  model.add(layers::Dense(16, {.activation = "relu", .input_shape = Shape{2}}));
  model.add(layers::BatchNormalization());
  model.add(layers::Dropout(dropout));
  model.add(layers::Dense(2, {.activation = "softmax"}));
  model.compile({.optimizer = optimizers::RMSprop({.learning_rate = 0.01}),
                 .loss = "categorical_crossentropy",
                 .metrics = {"accuracy"}});
  return model;
}

}  // namespace antler
