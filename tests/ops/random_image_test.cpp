// The operations that change images at random. What they compute is held against Keras in tests/layers.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "antler/core/error.h"
#include "antler/ops/random_affine.h"
#include "antler/ops/random_color.h"
#include "antler/ops/random_crop.h"
#include "antler/ops/random_elastic.h"
#include "antler/ops/random_erasing.h"
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

TEST(RandomErasing, ErasesRectanglesOfTheSizesAsked) {
  RandomErasing op;
  op.probability = {0.5F, 0.5F};
  op.scale = {0.25F, 0.25F};
  op.fill = {7.0F, 300.0F};  // the second is cut to 255
  OperationRun run(op, {Tensor({400, 6, 8, 2})});
  const Tensor& y = run.forward();
  int64_t erased = 0;
  for (int64_t image = 0; image < 400; ++image) {
    const auto pixels = y.rows(image, image + 1).span();
    const auto count = std::ranges::count(pixels, 7.0F);
    EXPECT_TRUE(count == 0 || count == 3 * 4) << count;
    EXPECT_EQ(std::ranges::count(pixels, 255.0F), count);
    erased += count > 0 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(erased), 200.0, 40.0);
}

TEST(RandomErasing, FillsWithNoiseThatIsCutToTheRange) {
  RandomErasing op;
  op.scale = {1.0F, 1.0F};
  op.low = -3.0F;
  op.high = 2.0F;
  OperationRun run(op, {Tensor({200, 4, 4, 1}, 9.0F)});
  const Tensor& y = run.forward();
  double below_zero = 0.0;
  for (const float each : y.span()) {
    EXPECT_TRUE(each >= -3.0F && each <= 2.0F);
    below_zero += each < 0.0F ? 1.0 : 0.0;
  }
  EXPECT_NEAR(below_zero / 3200.0, 0.5, 0.05);
  EXPECT_NEAR(static_cast<double>(std::ranges::count(y.span(), 2.0F)) / 3200.0, 0.159,
              0.03);  // beyond one deviation
}

TEST(RandomErasing, HasTheGradientsOfItsForward) {
  RandomErasing op;
  op.fill = {1.0F, 2.0F};
  check_gradients(op, {images});
}

RandomElastic elastic(Fill fill) {
  RandomElastic op;
  op.probability = {0.8F, 0.8F};
  op.scale = {1.0F, 1.0F};
  op.sampling = {fill, 2.0F, true};
  return op;
}

TEST(RandomElastic, MovesPixelsAsFarAsKerasDoes) {
  Tensor ramps({100, 28, 28, 1});
  for (int64_t i = 0; i < ramps.size(); ++i) ramps[i] = static_cast<float>(i % 28);
  RandomElastic op = elastic(Fill::nearest);
  op.probability = {1.0F, 1.0F};
  OperationRun run(op, {ramps});
  const Tensor& y = run.forward();
  double squares = 0.0;
  double neighbours = 0.0;
  for (int64_t image = 0; image < 100; ++image) {
    for (int64_t row = 8; row < 20; ++row) {
      for (int64_t column = 8; column < 20; ++column) {
        const int64_t at = (image * 28 + row) * 28 + column;
        const double moved = double{y[at]} - double{ramps[at]};
        squares += moved * moved;
        neighbours += moved * (double{y[at + 28]} - double{ramps[at + 28]});
      }
    }
  }
  EXPECT_NEAR(std::sqrt(squares / 14400.0), 0.794, 0.04);           // Keras's 3.15.1, of 40 images
  EXPECT_NEAR(neighbours / squares, std::exp(-0.25 / 1.96), 0.05);  // of a Gaussian of 1.4 pixels
}

TEST(RandomElastic, LeavesTheImagesAloneThatAreNotDrawn) {
  RandomElastic op = elastic(Fill::reflect);
  op.probability = {0.5F, 0.5F};
  const Tensor x = random_tensor({200, 8, 8, 1}, 1);
  OperationRun run(op, {x});
  const Tensor& y = run.forward();
  int64_t same = 0;
  for (int64_t image = 0; image < 200; ++image)
    same += std::ranges::equal(y.rows(image, image + 1).span(), x.rows(image, image + 1).span()) ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(same), 100.0, 30.0);
}

TEST(RandomElastic, DistortsNothingByASizeOfNothing) {
  RandomElastic op = elastic(Fill::reflect);
  op.scale = {0.0F, 0.0F};
  EXPECT_THAT(changed(op, {.seed = 1, .step = 1}).span(), ElementsAreArray(images.span()));
}

TEST(RandomElastic, HasTheGradientsOfItsForward) {
  for (const Fill fill : {Fill::constant, Fill::nearest, Fill::reflect, Fill::wrap})
    check_gradients(elastic(fill), {random_tensor({3, 21, 20, 2}, 1)});
}

TEST(RandomCrop, TakesTheSameWindowOfAllImagesAndAnotherInTheNextStep) {
  RandomCrop op;
  op.height = 2;
  op.width = 3;
  Tensor x({2, 4, 5, 1});
  for (int64_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i);
  std::set<float> firsts;
  for (uint64_t step = 0; step < 200; ++step) {
    OperationRun run(op, {x});
    run.random = {.seed = 1, .step = step};
    const Tensor& y = run.forward();
    const float at = y[0];
    firsts.insert(at);
    EXPECT_THAT(y.span(), ElementsAre(at, at + 1, at + 2, at + 5, at + 6, at + 7, at + 20, at + 21, at + 22,
                                      at + 25, at + 26, at + 27));
  }
  EXPECT_THAT(firsts, ElementsAre(0, 1, 2, 5, 6, 7, 10, 11, 12));  // three rows times three columns
}

TEST(RandomCrop, HasTheGradientsOfItsForward) {
  RandomCrop op;
  op.height = 3;
  op.width = 2;
  check_gradients(op, {images});
}

TEST(RandomImages, RefuseWhatIsNoBatchOfImages) {
  const std::vector<Shape> shapes{{2, 3, 4}};
  EXPECT_THROW(affine(RandomAffine::Kind::zoom, Fill::wrap).output_shape(shapes), Error);
  EXPECT_THROW(RandomFlip{}.output_shape(shapes), Error);
  EXPECT_THROW(RandomColor{}.output_shape(shapes), Error);
  EXPECT_THROW(RandomErasing{}.output_shape(shapes), Error);
  EXPECT_THROW(RandomElastic{}.output_shape(shapes), Error);
  EXPECT_THROW(RandomCrop{}.output_shape(shapes), Error);
  RandomErasing erasing;
  erasing.fill = {1.0F, 2.0F, 3.0F};
  EXPECT_THROW(erasing.output_shape(std::vector<Shape>{{2, 3, 4, 1}}), Error);
}

}  // namespace
}  // namespace antler::ops
