// What all optimizers share, over several updates; the expected numbers are those of Keras 3.15.1 (TensorFlow
// 2.21, CPU).
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/optimizers/optimizers.h"

namespace antler::optimizers {
namespace {

using Numbers = std::vector<float>;
using testing::HasSubstr;
using testing::ThrowsMessage;

const std::vector<Numbers> gradients = {
    {0.1F, -0.2F, 0.0F, 1.5F, -3e-4F}, {0.3F, 0.1F, -0.05F, -0.7F, 2e-4F}, {-0.2F, 0.4F, 0.25F, 0.9F, 1e-4F}};

void expect_near(std::span<const float> found, const Numbers& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(found[i], expected[i], 1e-6F * std::abs(expected[i]) + 1e-11F) << "element " << i;
  }
}

Tensor first_weight() {
  return {{5}, {1.0F, -2.0F, 0.5F, 3.0F, -0.25F}};
}

// The weight after so many updates by the gradients in turns.
Tensor after(Optimizer& optimizer, int updates) {
  Tensor weight = first_weight();
  for (int i = 0; i < updates; ++i) {
    const Tensor gradient({5}, gradients[static_cast<size_t>(i) % gradients.size()]);
    optimizer.apply(std::vector<View>{weight.view()}, std::vector<ConstView>{gradient.view()});
  }
  return weight;
}

void expect_after(int updates, Optimizer optimizer, const Numbers& weight) {
  expect_near(after(optimizer, updates).span(), weight);
}

// Of two weights, the second with a gradient that does not change.
void expect_both_after_three_updates(Optimizer optimizer, const Numbers& first, const Numbers& second) {
  Tensor a = first_weight();
  Tensor b({2}, {1.0F, 2.0F});
  const Tensor gradient_of_b({2}, {0.5F, -0.5F});
  for (const Numbers& numbers : gradients) {
    const Tensor gradient_of_a({5}, numbers);
    optimizer.apply(std::vector<View>{a.view(), b.view()},
                    std::vector<ConstView>{gradient_of_a.view(), gradient_of_b.view()});
  }
  expect_near(a.span(), first);
  expect_near(b.span(), second);
}

TEST(WeightDecay, PullsWeightsToZeroAsInKeras) {
  expect_after(3, SGD({.learning_rate = 0.1, .weight_decay = 0.05}),
               {0.96532464F, -2.00029922F, 0.472512454F, 2.78637075F, -0.246268913F});
}

TEST(Clipnorm, HoldsTheNormOfEachGradientAsInKeras) {
  expect_both_after_three_updates(SGD({.learning_rate = 0.1, .clipnorm = 0.5}),
                                  {0.986872077F, -2.01921415F, 0.491177738F, 2.952564F, -0.250007927F},
                                  {0.893934011F, 2.10606599F});
  expect_after(3, RMSprop({.learning_rate = 0.01, .clipnorm = 0.5}),
               {0.951663256F, -2.02006984F, 0.500968575F, 2.97223258F, -0.252451658F});
}

TEST(GlobalClipnorm, HoldsTheNormOfAllGradientsAsInKeras) {
  expect_both_after_three_updates(SGD({.learning_rate = 0.1, .global_clipnorm = 0.5}),
                                  {0.990635455F, -2.01475644F, 0.492423654F, 2.95277929F, -0.25000459F},
                                  {0.941205025F, 2.05879474F});
}

TEST(Clipvalue, CutsEachElementAsInKeras) {
  expect_after(3, SGD({.learning_rate = 0.1, .clipvalue = 0.25}),
               {0.985000014F, -2.0150001F, 0.479999989F, 2.9749999F, -0.25F});
}

TEST(Clipping, LeavesTheCallersGradientsAsTheyAre) {
  Optimizer optimizer = SGD({.clipvalue = 0.25});
  Tensor weight({2}, {1, 1});
  const Tensor gradient({2}, {1, 1});
  optimizer.apply(std::vector<View>{weight.view()}, std::vector<ConstView>{gradient.view()});
  EXPECT_THAT(gradient.span(), testing::ElementsAre(1, 1));
}

TEST(Clipping, RefusesAGradientOfAnotherShape) {
  Optimizer optimizer = SGD({.clipvalue = 0.25});
  Tensor weight({2});
  const Tensor gradient({3});
  EXPECT_THROW(optimizer.apply(std::vector<View>{weight.view()}, std::vector<ConstView>{gradient.view()}),
               Error);
}

TEST(Averages, FollowTheWeightsAsInKeras) {
  Optimizer optimizer = SGD({.learning_rate = 0.1, .use_ema = true, .ema_momentum = 0.9});
  Tensor weight = after(optimizer, 3);
  expect_near(weight.span(), {0.980000019F, -2.02999997F, 0.479999989F, 2.82999992F, -0.25F});
  const Numbers average = {0.986299992F, -1.98589993F, 0.498450011F, 2.85429978F, -0.249974802F};
  expect_near(optimizer.state().averages.at(0).span(), average);
  optimizer.finalize_variable_values(std::vector<View>{weight.view()});
  expect_near(weight.span(), average);
}

TEST(Averages, OverwriteTheWeightsNowAndThenAsInKeras) {
  expect_after(
      3, SGD({.learning_rate = 0.1, .use_ema = true, .ema_momentum = 0.9, .ema_overwrite_frequency = 2}),
      {1.00699997F, -2.02099991F, 0.475500017F, 2.76699996F, -0.249981999F});
}

TEST(Averages, AreLeftAloneByAnOptimizerWithoutThem) {
  Optimizer optimizer = SGD();
  Tensor weight = after(optimizer, 1);
  const Tensor before = weight;
  optimizer.finalize_variable_values(std::vector<View>{weight.view()});
  EXPECT_THAT(weight.span(), testing::ElementsAreArray(before.span()));
}

TEST(Averages, AreOfTheWeightsTheyWereMadeFor) {
  Optimizer optimizer = SGD({.use_ema = true});
  Tensor weight = after(optimizer, 1);
  EXPECT_THAT(
      [&] {
        optimizer.finalize_variable_values(std::vector<View>{weight.view(), weight.view()});
      },
      ThrowsMessage<Error>(HasSubstr("has averages of 1 weights; there are 2")));
}

TEST(GradientAccumulation, UpdatesEveryFewCallsAsInKeras) {
  Optimizer optimizer = Adam({.learning_rate = 0.01, .gradient_accumulation_steps = 2});
  expect_near(after(optimizer, 5).span(),
              {0.985305667F, -1.99366164F, 0.504015326F, 2.98082256F, -0.231208682F});
  EXPECT_EQ(optimizer.state().iterations, 5);
  EXPECT_EQ(optimizer.updates(), 2);
  expect_near(optimizer.state().accumulated_gradients.at(0).span(),
              {0.300000012F, 0.100000001F, -0.0500000007F, -0.699999988F, 0.000199999995F});
  expect_after(6, Nadam({.learning_rate = 0.01, .gradient_accumulation_steps = 2}),
               {0.98810482F, -2.00811648F, 0.49361074F, 2.97755384F, -0.237841338F});
}

TEST(GradientAccumulation, WithAllOtherSettingsIsThatOfKeras) {
  expect_after(5,
               Adam({.learning_rate = 0.01,
                     .weight_decay = 0.1,
                     .clipnorm = 0.2,
                     .use_ema = true,
                     .ema_momentum = 0.9,
                     .ema_overwrite_frequency = 2,
                     .gradient_accumulation_steps = 2}),
               {0.988303304F, -1.9877094F, 0.509107947F, 2.98570013F, -0.240092367F});
}

// Keras is given gradients of a loss that it has scaled, antler those of the loss itself.
TEST(LossScale, ChangesNothing) {
  expect_after(3, SGD({.learning_rate = 0.1, .loss_scale_factor = 8.0}),
               {0.980000019F, -2.02999997F, 0.479999989F, 2.82999992F, -0.25F});
}

TEST(LearningRate, FollowsAScheduleAsInKeras) {
  Optimizer optimizer = SGD({.learning_rate = ExponentialDecay(0.1, 2, 0.5)});
  EXPECT_FLOAT_EQ(static_cast<float>(optimizer.learning_rate()), 0.1F);
  expect_near(after(optimizer, 3).span(),
              {0.978786767F, -2.00707102F, 0.491035521F, 2.85449719F, -0.249989152F});
  EXPECT_NEAR(optimizer.learning_rate(), 0.0353553370, 1e-8);
}

TEST(LearningRate, OfAScheduleCountsCallsWhileGradientsAreAccumulated) {
  expect_after(4, SGD({.learning_rate = ExponentialDecay(0.1, 2, 0.5), .gradient_accumulation_steps = 2}),
               {0.987625599F, -2.0F, 0.497348338F, 2.92928934F, -0.249992937F});
}

TEST(LearningRate, OfAScheduleCannotBeSet) {
  Optimizer optimizer = SGD({.learning_rate = ExponentialDecay(0.1, 2, 0.5)});
  EXPECT_THAT([&] { optimizer.set_learning_rate(0.5); },
              ThrowsMessage<Error>(HasSubstr("'sgd' follows a schedule and cannot be set")));
}

TEST(SharedOptions, RefuseWhatKerasRefuses) {
  EXPECT_THROW(SGD({.clipnorm = 1.0, .clipvalue = 1.0}), Error);
  EXPECT_THROW(SGD({.use_ema = true, .ema_momentum = 1.5}), Error);
  EXPECT_THROW(SGD({.use_ema = true, .ema_overwrite_frequency = -1}), Error);
  EXPECT_THROW(SGD({.gradient_accumulation_steps = 1}), Error);
}

TEST(SharedOptions, NameAnOptimizer) {
  EXPECT_EQ(AdamW({.name = "mine"}).name(), "mine");
  EXPECT_EQ(AdamW().name(), "adam_w");
}

}  // namespace
}  // namespace antler::optimizers
