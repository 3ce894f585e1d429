#include "digits/recipe.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler::digits {
namespace {

using testing::Contains;
using testing::ElementsAreArray;
using testing::Not;
using testing::SizeIs;

Sequential network(const std::string& recipe, uint64_t seed = 1) {
  return make_network(find_recipe(recipe), seed, 100);
}

// Printed by Keras 3.15.1 for the lesson's network.
constexpr const char* summary_of_keras = R"(Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ conv2d (Conv2D)                 │ (None, 26, 26, 32)     │           320 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ activation (Activation)         │ (None, 26, 26, 32)     │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ batch_normalization             │ (None, 26, 26, 32)     │           104 │
│ (BatchNormalization)            │                        │               │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ max_pooling2d (MaxPooling2D)    │ (None, 13, 13, 32)     │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ zero_padding2d (ZeroPadding2D)  │ (None, 15, 15, 32)     │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ conv2d_1 (Conv2D)               │ (None, 13, 13, 48)     │        13,872 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ activation_1 (Activation)       │ (None, 13, 13, 48)     │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ batch_normalization_1           │ (None, 13, 13, 48)     │            52 │
│ (BatchNormalization)            │                        │               │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ max_pooling2d_1 (MaxPooling2D)  │ (None, 6, 6, 48)       │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ zero_padding2d_1                │ (None, 8, 8, 48)       │             0 │
│ (ZeroPadding2D)                 │                        │               │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ conv2d_2 (Conv2D)               │ (None, 7, 7, 64)       │        12,352 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ activation_2 (Activation)       │ (None, 7, 7, 64)       │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ batch_normalization_2           │ (None, 7, 7, 64)       │            28 │
│ (BatchNormalization)            │                        │               │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ max_pooling2d_2 (MaxPooling2D)  │ (None, 3, 3, 64)       │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dropout (Dropout)               │ (None, 3, 3, 64)       │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ flatten (Flatten)               │ (None, 576)            │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense (Dense)                   │ (None, 3168)           │     1,827,936 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ activation_3 (Activation)       │ (None, 3168)           │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense_1 (Dense)                 │ (None, 10)             │        31,690 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ activation_4 (Activation)       │ (None, 10)             │             0 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 1,886,354 (7.20 MB)
 Trainable params: 1,886,262 (7.20 MB)
 Non-trainable params: 92 (368.00 B)
)";

TEST(LessonRecipe, HasTheSummaryThatKerasPrints) {
  EXPECT_EQ(network("lesson").summary_text(), summary_of_keras);
}

TEST(LessonRecipe, HasTwentyLayers) {
  EXPECT_THAT(network("lesson").layers(), SizeIs(20));
}

TEST(LessonRecipe, IsCompiledAsTheLessonDoes) {
  const Sequential net = network("lesson");
  EXPECT_EQ(net.optimizer().rule().class_name(), "RMSprop");
  EXPECT_EQ(net.loss().name(), "categorical_crossentropy");
  ASSERT_THAT(net.metrics(), SizeIs(1));
  EXPECT_EQ(net.metrics().front().name(), "accuracy");
}

TEST(LessonRecipe, NormalisesImageRows) {
  const Tensor gamma = network("lesson").get_layer("batch_normalization").get_weights().front();
  EXPECT_EQ(gamma.shape(), Shape({26}));
}

std::vector<float> first_kernel(uint64_t seed) {
  const Tensor kernel = network("lesson", seed).get_weights().front();
  return {kernel.span().begin(), kernel.span().end()};
}

TEST(Recipe, DrawsItsWeightsFromTheSeed) {
  EXPECT_EQ(first_kernel(1), first_kernel(1));
  EXPECT_NE(first_kernel(1), first_kernel(2));
}

TEST(BestRecipe, HasANetworkThatFitsIntoASmallFile) {
  EXPECT_LT(network("best").count_params() * 4, 560'000);
}

// What stands at an edge of a picture counts: digits have nothing there, other pictures do.
TEST(Recipe, LooksIntoTheCorners) {
  const Tensor blank({1, 28, 28, 1});
  for (const std::string name : {"fast", "best"}) {
    Sequential net = network(name);
    const Tensor without = net.predict(blank, {.verbose = 0});
    for (const size_t corner : {0, 27, 756, 783}) {
      Tensor image = blank;
      image.span()[corner] = 1.0F;
      EXPECT_THAT(net.predict(image, {.verbose = 0}).span(), Not(ElementsAreArray(without.span())))
          << name << ' ' << corner;
    }
  }
}

TEST(Recipe, FollowsOneCycleToItsLastUpdate) {
  for (const std::string name : {"fast", "best"}) {
    const Sequential net = network(name);
    const optimizers::LearningRate& rate = net.optimizer().options().learning_rate;
    EXPECT_EQ(net.optimizer().rule().class_name(), "AdamW");
    EXPECT_LT(rate.at(0), rate.at(25)) << name;
    EXPECT_LT(rate.at(100), 1e-4 * rate.at(25)) << name;
  }
}

TEST(Recipe, IsListed) {
  EXPECT_THAT(recipe_names(), Contains("lesson"));
  EXPECT_THAT(recipe_names(), Contains("ensemble"));
}

TEST(Recipe, OfAnEnsembleIsThatOfItsMembers) {
  EXPECT_EQ(find_recipe("ensemble").name, "best");
}

TEST(Recipe, OfAnotherNameIsRefusedWithTheKnownOnes) {
  try {
    find_recipe("cake");
    FAIL() << "expected an Error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "there is no recipe 'cake'; known are: best, fast, lesson, ensemble");
  }
}

}  // namespace
}  // namespace antler::digits
