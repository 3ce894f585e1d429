// The operations that change images at random. What they compute is held against Keras in tests/layers.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/ops/random_affine.h"
#include "antler/ops/random_color.h"
#include "antler/ops/random_flip.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::Not;

const Tensor images = random_tensor({6, 4, 5, 2}, 1);

RandomAffine affine(RandomAffine::Kind kind, Fill fill, bool bilinear = true) {
  RandomAffine op;
  op.kind = kind;
  op.vertical = {-0.3F, 0.3F};
  op.horizontal = {-0.3F, 0.3F};
  op.sampling = {fill, 2.0F, bilinear};
  op.stream = 3;
  return op;
}

RandomColor color(RandomColor::Kind kind) {
  RandomColor op;
  op.kind = kind;
  op.number = {0.5F, 1.5F};
  op.low = -1.0F;
  op.high = 1.5F;
  return op;
}

Tensor changed(const Operation& op, const RandomKey& random) {
  OperationRun run(op, {images});
  run.random = random;
  return run.forward();
}

TEST(RandomAffine, HasTheGradientsOfItsForward) {
  using Kind = RandomAffine::Kind;
  for (Kind kind : {Kind::rotation, Kind::translation, Kind::zoom, Kind::shear}) {
    for (Fill fill : {Fill::constant, Fill::nearest, Fill::reflect, Fill::wrap}) {
      check_gradients(affine(kind, fill), {images});
      check_gradients(affine(kind, fill, false), {images});
    }
  }
}

TEST(RandomAffine, DrawsForEachImageAndStepAnew) {
  const RandomAffine op = affine(RandomAffine::Kind::translation, Fill::reflect);
  const Tensor first = changed(op, {.seed = 1, .step = 1});
  EXPECT_THAT(changed(op, {.seed = 1, .step = 1}).span(), ElementsAreArray(first.span()));
  EXPECT_THAT(changed(op, {.seed = 1, .step = 2}).span(), Not(ElementsAreArray(first.span())));
  EXPECT_THAT(changed(op, {.seed = 2, .step = 1}).span(), Not(ElementsAreArray(first.span())));
  OperationRun twins(op, {Tensor({2, 1, 4, 1}, {1, 2, 3, 4, 1, 2, 3, 4})});
  const Tensor& y = twins.forward();
  EXPECT_THAT(y.span().first(4), Not(ElementsAreArray(y.span().last(4))));
}

TEST(RandomFlip, MirrorsHalfOfTheImages) {
  RandomFlip op;
  op.vertical = false;
  Tensor x({1000, 1, 2, 1});
  for (int64_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 2);
  OperationRun run(op, {x});
  const Tensor& y = run.forward();
  int64_t mirrored = 0;
  for (int64_t image = 0; image < 1000; ++image) {
    EXPECT_EQ(y[2 * image] + y[2 * image + 1], 1.0F);
    mirrored += y[2 * image] == 1.0F ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(mirrored), 500.0, 60.0);
}

TEST(RandomFlip, HasTheGradientsOfItsForward) {
  for (const bool vertical : {false, true}) {
    RandomFlip op;
    op.vertical = vertical;
    check_gradients(op, {images});
    op.horizontal = false;
    check_gradients(op, {images});
  }
}

TEST(RandomColor, StretchesAboutTheMeanOfEachChannel) {
  RandomColor op = color(RandomColor::Kind::contrast);
  op.number = {1.5F, 1.5F};
  op.low = 0.0F;
  op.high = 6.0F;
  OperationRun run(op, {Tensor({1, 2, 2, 2}, {3, 1, 4, 1, 5, 9, 2, 6})});
  EXPECT_THAT(run.forward().span(), ElementsAre(2.75F, 0, 4.25F, 0, 5.75F, 6, 1.25F, 6));  // Keras's figures
}

TEST(RandomColor, HasTheGradientsOfItsForward) {
  check_gradients(color(RandomColor::Kind::brightness), {images});
  check_gradients(color(RandomColor::Kind::contrast), {images});
}

TEST(RandomImages, RefuseWhatIsNoBatchOfImages) {
  const std::vector<Shape> shapes{{2, 3, 4}};
  EXPECT_THROW(affine(RandomAffine::Kind::zoom, Fill::wrap).output_shape(shapes), Error);
  EXPECT_THROW(RandomFlip{}.output_shape(shapes), Error);
  EXPECT_THROW(RandomColor{}.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
