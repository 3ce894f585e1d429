// The expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU), gradients by tf.GradientTape.
#include "antler/ops/circle_loss.h"

#include "antler/core/error.h"
#include "tests/ops/loss_check.h"

namespace antler::ops {
namespace {

const Tensor embeddings({4, 2}, {0.6F, 0.8F, 0.8F, 0.6F, -0.6F, 0.8F, 1, 0});

CircleLoss circle(float margin, bool remove_diagonal) {
  CircleLoss loss;
  loss.gamma = 4.0F;
  loss.margin = margin;
  loss.remove_diagonal = remove_diagonal;
  return loss;
}

TEST(CircleLoss, IsKerass) {
  expect_loss(circle(0.4F, true), Tensor({4}, {0, 0, 1, 1}), embeddings,
              {0.941544533F, 1.58914447F, 9.82224464F, 11.8023863F},
              {2.05481839F, 1.03298187F, 9.28380775F, -0.359903574F, -24.6220284F, 1.30290961F, 25.0376587F,
               -12.0336037F});
}

TEST(CircleLoss, MayCompareASampleWithItself) {
  expect_loss(circle(0.25F, false), Tensor({4, 1}, {0, 1, 1, 2}), embeddings,
              {3.35309458F, 7.48591852F, 4.50472116F, 2.50018549F},
              {10.5513649F, 8.34465027F, 22.4380169F, -2.65893412F, -11.7720509F, -8.40629101F, 5.41261005F,
               4.56284428F});
}

TEST(CircleLoss, OfASampleWithoutAnotherOfItsClassIsZero) {
  const CircleLoss loss = circle(0.4F, true);
  OperationRun run(loss, {Tensor({4}, {0, 1, 2, 3}), embeddings});
  expect_close(run.forward(), {0, 0, 0, 0}, "loss");
  expect_close(run.backward(Tensor({4}, 1.0F))[1], {0, 0, 0, 0, 0, 0, 0, 0}, "gradient");
}

TEST(CircleLoss, RefusesPredictionsThatAreNoEmbeddings) {
  EXPECT_THROW((void)CircleLoss().output_shape(std::vector<Shape>{{4}, {4, 2, 2}}), Error);
  EXPECT_THROW((void)CircleLoss().output_shape(std::vector<Shape>{{4, 2}, {4, 2}}), Error);
}

}  // namespace
}  // namespace antler::ops
