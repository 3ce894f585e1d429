// Operations that move elements without arithmetic on them.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/ops/concatenation.h"
#include "antler/ops/cropping.h"
#include "antler/ops/permute.h"
#include "antler/ops/upsampling.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;
using testing::FloatEq;

TEST(Concatenation, LaysInputsSideBySide) {
  Concatenation op;
  op.axis = 1;
  OperationRun rows(op, {Tensor({2, 1, 2}, {1, 2, 3, 4}), Tensor({2, 2, 2}, {5, 6, 7, 8, 9, 10, 11, 12})});
  EXPECT_EQ(rows.forward().shape(), Shape({2, 3, 2}));
  EXPECT_THAT(rows.forward().span(), ElementsAre(1, 2, 5, 6, 7, 8, 3, 4, 9, 10, 11, 12));
  op.axis = -1;
  check_gradients(op,
                  {random_tensor({3, 2, 2}, 1), random_tensor({3, 2, 1}, 2), random_tensor({3, 2, 4}, 3)});
  const std::vector<Shape> shapes{{2, 3}, {3, 3}};
  EXPECT_THROW(op.output_shape(shapes), Error);
}

TEST(Cropping, CutsRowsAndColumnsOff) {
  Cropping op;
  op.top = op.right = 1;
  OperationRun run(op, {Tensor({1, 2, 3, 1}, {1, 2, 3, 4, 5, 6})});
  EXPECT_EQ(run.forward().shape(), Shape({1, 1, 2, 1}));
  EXPECT_THAT(run.forward().span(), ElementsAre(4, 5));
  check_gradients(op, {random_tensor({2, 4, 5, 3}, 1)});
  op.bottom = 1;
  const std::vector<Shape> shapes{{1, 2, 3, 1}};
  EXPECT_THROW(op.output_shape(shapes), Error);
}

TEST(Cropping, CutsStepsOffSequences) {
  Cropping op;
  op.left = 1;
  OperationRun run(op, {Tensor({1, 3, 2}, {1, 2, 3, 4, 5, 6})});
  EXPECT_EQ(run.forward().shape(), Shape({1, 2, 2}));
  EXPECT_THAT(run.forward().span(), ElementsAre(3, 4, 5, 6));
  check_gradients(op, {random_tensor({2, 5, 3}, 1)});
}

TEST(Permute, PutsAxesInAnotherOrder) {
  Permute op;
  op.order = {0, 2, 1};
  OperationRun run(op, {Tensor({1, 2, 3}, {1, 2, 3, 4, 5, 6})});
  EXPECT_EQ(run.forward().shape(), Shape({1, 3, 2}));
  EXPECT_THAT(run.forward().span(), ElementsAre(1, 4, 2, 5, 3, 6));
  op.order = {0, 3, 1, 2};
  check_gradients(op, {random_tensor({2, 3, 4, 5}, 1)});
  op.order = {0, 1, 1, 2};
  const std::vector<Shape> shapes{{2, 3, 4, 5}};
  EXPECT_THROW(op.output_shape(shapes), Error);
}

TEST(Upsampling, RepeatsPixels) {
  Upsampling op;
  op.width_factor = 1;
  OperationRun run(op, {Tensor({1, 2, 2, 1}, {1, 2, 3, 4})});
  EXPECT_THAT(run.forward().span(), ElementsAre(1, 2, 1, 2, 3, 4, 3, 4));
  op.width_factor = 3;
  check_gradients(op, {random_tensor({2, 3, 2, 2}, 1)});
}

// tf.image.resize([[1, 2], [3, 5]], (4, 4), "bilinear"), TensorFlow 2.21.
TEST(Upsampling, InterpolatesBetweenPixelCentres) {
  Upsampling op;
  op.interpolation = Upsampling::Interpolation::bilinear;
  OperationRun run(op, {Tensor({1, 2, 2, 1}, {1, 2, 3, 5})});
  EXPECT_THAT(run.forward().span(),
              ElementsAre(FloatEq(1.0F), FloatEq(1.25F), FloatEq(1.75F), FloatEq(2.0F), FloatEq(1.5F),
                          FloatEq(1.8125F), FloatEq(2.4375F), FloatEq(2.75F), FloatEq(2.5F), FloatEq(2.9375F),
                          FloatEq(3.8125F), FloatEq(4.25F), FloatEq(3.0F), FloatEq(3.5F), FloatEq(4.5F),
                          FloatEq(5.0F)));
  op.height_factor = 3;
  check_gradients(op, {random_tensor({2, 3, 2, 2}, 1)});
}

// tf.image.resize([[1, 2, 4]], (1, 6)) in each way, TensorFlow 2.21.
TEST(Upsampling, InterpolatesWithWiderWindows) {
  Upsampling op;
  op.height_factor = 1;
  const auto expect_row = [&](Upsampling::Interpolation interpolation, const std::vector<float>& row) {
    op.interpolation = interpolation;
    OperationRun run(op, {Tensor({1, 1, 3, 1}, {1, 2, 4})});
    EXPECT_THAT(run.forward().span(), testing::Pointwise(testing::FloatNear(1e-5F), row));
    check_gradients(op, {random_tensor({2, 2, 3, 2}, 1)});
  };
  expect_row(Upsampling::Interpolation::bicubic,
             {0.9117648F, 1.145985F, 1.641221F, 2.51145F, 3.642336F, 4.176471F});
  expect_row(Upsampling::Interpolation::lanczos3,
             {0.9456214F, 1.061161F, 1.478354F, 2.655304F, 3.691518F, 4.223165F});
  expect_row(Upsampling::Interpolation::lanczos5,
             {1.059117F, 0.9782293F, 1.400807F, 2.723268F, 3.754442F, 4.142418F});
}

}  // namespace
}  // namespace antler::ops
