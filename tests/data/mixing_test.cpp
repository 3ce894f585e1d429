// mixup and cutmix.
#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/data/augmentation.h"
#include "antler/data/beta.h"

namespace antler::augment {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::Not;

// Images of one grey, which is their row's number, with one-hot labels and weights that say the same.
Batch numbered(int64_t rows) {
  Batch batch{.x = {Tensor({rows, 10, 10, 1})}, .y = {Tensor({rows, rows})}, .sample_weight = Tensor({rows})};
  for (int64_t i = 0; i < rows * 100; ++i) batch.x.front()[i] = static_cast<float>(i / 100);
  for (int64_t row = 0; row < rows; ++row) {
    batch.y.front()[row * rows + row] = 1.0F;
    batch.sample_weight[row] = static_cast<float>(row);
  }
  return batch;
}

// What a row's label says its grey is on average.
double grey_by_label(const Batch& batch, int64_t row) {
  const int64_t classes = batch.y.front().shape()[1];
  double grey = 0.0;
  for (int64_t i = 0; i < classes; ++i)
    grey += static_cast<double>(i) * double{batch.y.front()[row * classes + i]};
  return grey;
}

double mean_grey(const Batch& batch, int64_t row) {
  double sum = 0.0;
  for (const float each : batch.x.front().rows(row, row + 1).span()) sum += double{each};
  return sum / 100.0;
}

TEST(Mixup, MixesImagesLabelsAndWeightsAlike) {
  const Batch mixed = mixup({.alpha = 1.0}, 3)(numbered(50), {});
  int64_t blends = 0;
  for (int64_t row = 0; row < 50; ++row) {
    const float grey = mixed.x.front()[row * 100];
    EXPECT_THAT(mixed.x.front().rows(row, row + 1).span(), Each(grey));
    EXPECT_NEAR(grey_by_label(mixed, row), double{grey}, 1e-4);
    EXPECT_NEAR(mixed.sample_weight[row], grey, 1e-5F);
    blends += grey == std::floor(grey) ? 0 : 1;
  }
  EXPECT_GT(blends, 40);
}

TEST(Cutmix, MixesLabelsByThePixelsReplaced) {
  const Batch mixed = cutmix({}, 3)(numbered(50), {});
  int64_t blends = 0;
  for (int64_t row = 0; row < 50; ++row) {
    EXPECT_NEAR(grey_by_label(mixed, row), mean_grey(mixed, row), 1e-4);
    EXPECT_NEAR(mixed.sample_weight[row], mean_grey(mixed, row), 1e-4);
    for (const float each : mixed.x.front().rows(row, row + 1).span()) EXPECT_EQ(each, std::floor(each));
    blends += mean_grey(mixed, row) == static_cast<double>(row) ? 0 : 1;
  }
  EXPECT_GT(blends, 35);
}

TEST(Mixing, DependsOnSeedAndPlaceAlone) {
  for (const auto& make :
       {+[](uint64_t seed) { return mixup({}, seed); }, +[](uint64_t seed) { return cutmix({}, seed); }}) {
    const auto images_of = [&](uint64_t seed, const BatchPlace& place) {
      return make(seed)(numbered(20), place).x.front();
    };
    const Tensor first = images_of(1, {.pass = 2, .number = 3});
    EXPECT_THAT(images_of(1, {.pass = 2, .number = 3}).span(), ElementsAreArray(first.span()));
    EXPECT_THAT(images_of(2, {.pass = 2, .number = 3}).span(), Not(ElementsAreArray(first.span())));
    EXPECT_THAT(images_of(1, {.pass = 2, .number = 4}).span(), Not(ElementsAreArray(first.span())));
    EXPECT_THAT(images_of(1, {.pass = 3, .number = 3}).span(), Not(ElementsAreArray(first.span())));
  }
}

TEST(Mixing, TakesInputsWithoutTargets) {
  const Batch mixed = mixup({}, 1)({.x = {Tensor({1, 2}, {3, 4})}}, {});
  EXPECT_THAT(mixed.x.front().span(), ElementsAre(3, 4));
  EXPECT_TRUE(mixed.y.empty());
}

TEST(Mixing, RefusesWhatHasNoMixture) {
  EXPECT_THROW(mixup({.alpha = 0}, 1), Error);
  EXPECT_THROW(mixup({.alpha = NAN}, 1), Error);
  EXPECT_THROW(cutmix({.alpha = -1}, 1), Error);
  EXPECT_THROW(cutmix({}, 1)({.x = {Tensor({2, 4})}}, {}), Error);
  const Batch with_class_numbers{.x = {Tensor({2, 4})}, .y = {Tensor({2, 1}, {3, 7})}};
  EXPECT_THROW(mixup({}, 1)(with_class_numbers, {}), Error);
}

// Beta(a, a) has the mean 1/2 and the variance 1 / (4 (2a + 1)).
TEST(Beta, HasItsMeanAndVariance) {
  const RandomStream random(1, 2);
  for (const double alpha : {0.01, 0.2, 1.0, 5.0}) {
    double sum = 0.0;
    double squares = 0.0;
    for (int64_t row = 0; row < 20000; ++row) {
      Draws draws(random, row);
      const double share = double{drawn_beta(draws, alpha)};
      ASSERT_TRUE(share >= 0.0 && share <= 1.0);
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    EXPECT_NEAR(sum / 20000.0, 0.5, 0.02) << alpha;
    EXPECT_NEAR(squares / 20000.0, 0.25 / (2.0 * alpha + 1.0), 0.005) << alpha;
  }
}

}  // namespace
}  // namespace antler::augment
