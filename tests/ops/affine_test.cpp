#include "antler/ops/affine.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;

Affine affine(Affine::Kind kind, const std::vector<int>& axes) {
  Affine op;
  op.kind = kind;
  op.axes = axes;
  return op;
}

const Tensor x({1, 2, 2}, {1, 2, 3, 4});

Tensor result(const Affine& op, const Tensor& input, const Tensor& a, const Tensor& b) {
  OperationRun run(op, {input, a, b});
  return run.forward();
}

TEST(Affine, ScalesThenShifts) {
  const Tensor a({2}, {1, 10});
  const Tensor b({2}, {0, 1});
  const auto kind = Affine::Kind::rescale;
  EXPECT_THAT(result(affine(kind, {}), x, Tensor({}, {2}), Tensor({}, {1})).span(), ElementsAre(3, 5, 7, 9));
  EXPECT_THAT(result(affine(kind, {2}), x, a, b).span(), ElementsAre(1, 21, 3, 41));
  EXPECT_THAT(result(affine(kind, {1}), x, a, b).span(), ElementsAre(1, 2, 31, 41));
}

TEST(Affine, StandardizesAndGoesBack) {
  const Tensor mean({2}, {1, 2});
  const Tensor variance({2}, {4, 0.25F});
  const Tensor there = result(affine(Affine::Kind::standardize, {2}), x, mean, variance);
  EXPECT_THAT(there.span(), ElementsAre(0, 0, 1, 4));
  const Tensor back = result(affine(Affine::Kind::restore, {2}), there, mean, variance);
  EXPECT_THAT(back.span(), ElementsAre(1, 2, 3, 4));
}

TEST(Affine, HasTheGradientOfItsForward) {
  for (const auto kind : {Affine::Kind::rescale, Affine::Kind::standardize, Affine::Kind::restore}) {
    const Affine op = affine(kind, {1});
    OperationRun run(op, {x, Tensor({2}, {0.5F, 2}), Tensor({2}, {4, 0.25F})});
    run.forward();
    const Tensor dx = run.backward(Tensor({1, 2, 2}, 1.0F))[0];
    const float step = 0.5F;
    OperationRun moved(
        op, {Tensor({1, 2, 2}, {1.5F, 2.5F, 3.5F, 4.5F}), Tensor({2}, {0.5F, 2}), Tensor({2}, {4, 0.25F})});
    for (int64_t i = 0; i < 4; ++i)
      EXPECT_FLOAT_EQ(dx[i], (moved.forward()[i] - run.forward()[i]) / step) << op.name();
  }
}

TEST(Affine, RefusesNumbersThatDoNotFit) {
  const std::vector<Shape> shapes{{1, 2, 2}, {3}, {3}};
  EXPECT_THROW(affine(Affine::Kind::rescale, {2}).output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
