// The expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU), gradients by tf.GradientTape.
#include "antler/ops/focal_crossentropy.h"

#include "antler/core/error.h"
#include "antler/ops/generalized_crossentropy.h"
#include "antler/ops/pointwise_loss.h"
#include "tests/ops/loss_check.h"

namespace antler::ops {
namespace {

const Tensor shares({2, 3}, {0, 1, 0, 0.5F, 0.25F, 0.25F});
const Tensor bits({2, 3}, {0, 1, 1, 1, 0, 1});
const Tensor probabilities({2, 3}, {0.2F, 0.5F, 0.3F, 0.9F, 0.0F, 0.4F});
const Tensor inner_probabilities({2, 3}, {0.2F, 0.5F, 0.3F, 0.9F, 0.05F, 0.4F});
const Tensor numbers({2, 3}, {1.5F, -0.5F, 2, 0.25F, -3, 0.75F});

TEST(FocalCrossentropy, IsKerassOfProbabilities) {
  expect_loss(FocalCrossentropy(), shares, probabilities, {0.0433216989F, 1.04703975F},
              {0.149143398F, -0.149143398F, 0.149143398F, 0.0364436023F, 0.071351707F, -0.0819981098F});
}

TEST(FocalCrossentropy, WeighsEachClassAndSmoothsLabels) {
  FocalCrossentropy loss;
  loss.alpha = {0.1F, 0.2F, 0.7F};
  loss.gamma = 1.5F;
  loss.label_smoothing = 0.1;
  expect_loss(loss, shares, inner_probabilities, {0.0660369396F, 0.294533134F},
              {0.143558323F, -0.106547773F, 0.0818740875F, 0.175227314F, -0.963994861F, -0.273762107F});
}

TEST(FocalCrossentropy, IsKerassOfLogits) {
  FocalCrossentropy loss;
  loss.from_logits = true;
  expect_loss(loss, shares, numbers, {0.684266329F, 0.310608387F},
              {0.106395088F, -0.281810939F, 0.175415829F, -0.0329473503F, -0.0653709844F, 0.0983183309F});
}

TEST(FocalCrossentropy, RefusesAnotherNumberOfAlphasThanClasses) {
  FocalCrossentropy loss;
  loss.alpha = {0.5F, 0.5F};
  EXPECT_THROW((void)loss.output_shape(std::vector<Shape>{{2, 3}, {2, 3}}), Error);
}

TEST(BinaryFocalCrossentropy, IsKerassOfProbabilities) {
  PointwiseLoss loss;
  loss.function = PointwiseLoss::Function::binary_focal;
  expect_loss(loss, bits, probabilities, {0.257386386F, 0.110306084F},
              {0.0464191362F, -0.397715747F, -1.10629833F, -0.0107277436F, 0, -0.666516304F});
}

TEST(BinaryFocalCrossentropy, BalancesClassesAndSmoothsLabels) {
  PointwiseLoss loss;
  loss.function = PointwiseLoss::Function::binary_focal;
  loss.apply_class_balancing = true;
  loss.alpha = 0.3F;
  loss.gamma = 1.5F;
  loss.label_smoothing = 0.2;
  expect_loss(loss, bits, inner_probabilities, {0.106339544F, 0.0506386161F},
              {0.0669287518F, -0.130768567F, -0.297284037F, -0.0187572595F, 0.0220209882F, -0.194998592F});
}

TEST(BinaryFocalCrossentropy, IsKerassOfLogits) {
  PointwiseLoss loss;
  loss.function = PointwiseLoss::Function::sigmoid_focal;
  expect_loss(
      loss, bits, numbers, {0.505495846F, 0.0501099862F},
      {0.320474893F, -0.175383925F, -0.00162364647F, -0.0693521276F, 0.000104957275F, -0.0290365517F});
}

TEST(GeneralizedCrossentropy, IsKerass) {
  expect_loss(GeneralizedCrossentropy(), Tensor({2}, {1, 2}), inner_probabilities,
              {0.585786462F, 0.735088944F}, {0, -1.41421354F, 0, 0, 0, -1.58113885F});
}

TEST(GeneralizedCrossentropy, OfANumberThatIsNoClassIsThatOfNoProbability) {
  expect_loss(GeneralizedCrossentropy(), Tensor({2}, {-1, 3}), inner_probabilities, {2, 2},
              {0, 0, 0, 0, 0, 0});
}

}  // namespace
}  // namespace antler::ops
