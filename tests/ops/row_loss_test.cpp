// The expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU), gradients by tf.GradientTape.
#include "antler/ops/row_loss.h"

#include "antler/core/error.h"
#include "tests/ops/loss_check.h"

namespace antler::ops {
namespace {

using Function = RowLoss::Function;

const Tensor shares({2, 3}, {0, 1, 0, 0.5F, 0.25F, 0.25F});
const Tensor numbers({2, 3}, {1.5F, -0.5F, 2.0F, 0.25F, -3.0F, 0.75F});

RowLoss loss(Function function) {
  RowLoss operation;
  operation.function = function;
  return operation;
}

TEST(RowLoss, IsKerassCosineSimilarity) {
  expect_loss(loss(Function::cosine_similarity), shares, numbers, {0.196116135F, 0.230283111F},
              {-0.0452575721F, -0.377146423F, -0.0603434294F, -0.269162059F, -0.0598137826F, -0.149534479F});
}

TEST(RowLoss, IsKerassCategoricalHinge) {
  expect_loss(loss(Function::categorical_hinge), shares, numbers, {3.5F, 2}, {0, -1, 1, -0.5F, -0.25F, 0.5F});
}

TEST(RowLoss, SharesTheGradientOfCategoricalHingeBetweenEqualColumns) {
  expect_loss(loss(Function::categorical_hinge), Tensor({1, 3}, {1, 0, 0}), Tensor({1, 3}, {0.5F, 2, 2}),
              {2.5F}, {-1, 0.5F, 0.5F});
}

TEST(RowLoss, GivesANumberForEachRowOfASample) {
  const RowLoss operation = loss(Function::categorical_hinge);
  OperationRun run(operation, {Tensor({1, 2, 3}, shares.span()), Tensor({1, 2, 3}, numbers.span())});
  EXPECT_EQ(run.forward().shape(), Shape({1, 2}));
  EXPECT_NEAR(run.forward()[1], 2, 1e-6);
}

TEST(RowLoss, OfARowOfZerosIsZero) {
  const RowLoss operation = loss(Function::cosine_similarity);
  OperationRun run(operation, {shares, Tensor({2, 3})});
  EXPECT_EQ(run.forward()[0], 0.0F);
}

TEST(RowLoss, RefusesShapesThatDiffer) {
  const std::vector<Shape> shapes{{2, 3}, {2, 1}};
  EXPECT_THROW((void)loss(Function::cosine_similarity).output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
