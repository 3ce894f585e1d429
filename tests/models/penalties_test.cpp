// Regularizers and constraints in training. The expected figures are Keras 3.15.1's.
#include <gmock/gmock.h>

#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"

namespace antler {
namespace {

using namespace layers;

struct Regularized {
  Regularized() {
    model.layers()[0].set_weights({Tensor({2, 2}, {1, 2, 3, -4})});
    model.layers()[1].set_weights({Tensor({2, 1}, {0.5, -1})});
    model.compile({.optimizer = optimizers::SGD({.learning_rate = 0.1}), .loss = "mse"});
  }
  double loss() { return model.evaluate(x, y, {.verbose = 0}).front().second; }

  Sequential model{{Input({2}),
                    Dense(2, {.use_bias = false,
                              .kernel_regularizer = regularizers::L1L2(0.1, 0.2),
                              .activity_regularizer = regularizers::L2(0.3),
                              .kernel_constraint = constraints::UnitNorm(0)}),
                    Dense(1, {.use_bias = false, .kernel_regularizer = "l2"})}};
  Tensor x{{3, 2}, {1, 0, 0.5, -1, 2, 1}};
  Tensor y{{3, 1}, {1, 0, 2}};
};

TEST(Penalties, CountInTheLossOfAnEvaluation) {
  EXPECT_NEAR(Regularized().loss(), 28.325002670288086, 1e-4);
}

TEST(Penalties, SteerTrainingAsInKeras) {
  Regularized it;
  const History history =
      it.model.fit(it.x, it.y, {.batch_size = 2, .epochs = 2, .verbose = 0, .shuffle = false});
  EXPECT_NEAR(history["loss"][0], 29.19559669494629, 1e-4);
  EXPECT_NEAR(history["loss"][1], 3.3451602458953857, 1e-5);
}

TEST(Constraints, HoldAfterTraining) {
  Regularized it;
  it.model.fit(it.x, it.y, {.batch_size = 2, .epochs = 2, .verbose = 0, .shuffle = false});
  EXPECT_THAT(it.model.layers()[0].get_weights()[0].span(),
              testing::Pointwise(testing::FloatNear(1e-5F),
                                 {-0.996876478F, -0.878719449F, -0.0789753348F, -0.477338463F}));
}

TEST(Penalties, LeaveOutTheWeightsOfFrozenLayers) {
  Regularized it;
  it.model.layers()[0].set_trainable(false);
  EXPECT_NEAR(it.loss(), 28.325002670288086 - 7.0, 1e-4);  // 0.1 * 10 + 0.2 * 30
}

}  // namespace
}  // namespace antler
