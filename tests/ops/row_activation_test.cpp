// Activations of whole rows. What they compute is held against Keras in tests/layers.
#include <gmock/gmock.h>

#include "antler/ops/glu.h"
#include "antler/ops/sparsemax.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

TEST(Glu, HasTheGradientOfItsForward) {
  check_gradients(Glu{}, {random_tensor({3, 4, 6}, 1)});
}

TEST(Sparsemax, HasTheGradientOfItsForward) {
  check_gradients(Sparsemax{}, {random_tensor({6, 7}, 1)});
}

TEST(Sparsemax, HasTheGradientOfKerasWhereNumbersAreEqual) {
  const Sparsemax op;
  OperationRun run(op, {Tensor({1, 4})});
  run.forward();
  EXPECT_THAT(run.backward(Tensor({1, 4}, {1, 2, 3, 4}))[0].span(),
              testing::ElementsAre(-9, -5.5F, -2, 1.5F));
}

}  // namespace
}  // namespace antler::ops
