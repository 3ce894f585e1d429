#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "antler/core/error.h"
#include "antler/optimizers/build.h"
#include "antler/optimizers/optimizers.h"

namespace antler::optimizers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

void apply(Optimizer& optimizer, Tensor& weight, const Tensor& gradient) {
  optimizer.apply(std::vector<View>{weight.view()}, std::vector<ConstView>{gradient.view()});
}

TEST(Optimizer, IsFoundByItsNameInAnyCase) {
  EXPECT_EQ(Optimizer("rmsprop").rule().class_name(), "RMSprop");
  EXPECT_EQ(Optimizer("Adam").rule().class_name(), "Adam");
  EXPECT_EQ(Optimizer("SGD").rule().class_name(), "SGD");
  EXPECT_EQ(Optimizer("sgd").learning_rate(), 0.01);
}

TEST(Optimizer, MayBeBuiltBeforeItsFirstUpdateWithoutChangingIt) {
  Optimizer optimizer = Adagrad();
  Optimizer other = Adagrad();
  Tensor weight({2}, 1.0F);
  Tensor same = weight;
  build(optimizer, std::vector<View>{weight.view()});
  EXPECT_TRUE(optimizer.is_built());
  EXPECT_EQ(optimizer.state().iterations, 0);
  EXPECT_THAT(optimizer.state().slots.at(0).at(0).span(), ElementsAre(0.1F, 0.1F));
  apply(optimizer, weight, Tensor({2}, 0.5F));
  apply(other, same, Tensor({2}, 0.5F));
  EXPECT_THAT(weight.span(), testing::ElementsAreArray(same.span()));
}

TEST(Optimizer, RefusesANameItDoesNotKnow) {
  EXPECT_THAT(
      [] { Optimizer("adamix"); },
      testing::ThrowsMessage<Error>(HasSubstr("no optimizer 'adamix'; expected one of Adadelta, Adagrad")));
}

TEST(Optimizer, HasNoSlotsBeforeTheFirstUpdate) {
  EXPECT_TRUE(Optimizer("adam").state().slots.empty());
  EXPECT_EQ(Optimizer("adam").state().iterations, 0);
}

TEST(Optimizer, KeepsASlotOfEachKindForEachWeight) {
  Optimizer optimizer = Adam();
  Tensor kernel({2, 3});
  Tensor bias({3});
  const std::vector<ConstView> gradients{kernel.view(), bias.view()};
  optimizer.apply(std::vector<View>{kernel.view(), bias.view()}, gradients);
  EXPECT_THAT(optimizer.rule().slots(), ElementsAre("momentum", "velocity"));
  ASSERT_EQ(optimizer.state().slots.size(), 2U);
  for (const std::vector<Tensor>& slot : optimizer.state().slots) {
    ASSERT_EQ(slot.size(), 2U);
    EXPECT_EQ(slot[0].shape(), kernel.shape());
    EXPECT_EQ(slot[1].shape(), bias.shape());
  }
}

TEST(Optimizer, UpdatesAWeightInPiecesAsItDoesInOne) {
  const Tensor gradient({7}, {0.5F, -1.0F, 2.0F, 0.0F, 0.25F, -3.0F, 1.0F});
  for (const std::string& name : optimizer_classes()) {
    SCOPED_TRACE(name);
    const Json config = {{"weight_decay", 0.01}};
    Optimizer whole = Optimizer::from_config(name, config);
    Optimizer pieces = Optimizer::from_config(name, config);
    ASSERT_TRUE(pieces.updates_in_pieces());
    Tensor expected({7}, {1, 2, 3, 4, 5, 6, 7});
    Tensor weight = expected;
    const std::vector<View> weights{weight.view()};
    for (int step = 0; step < 2; ++step) {
      apply(whole, expected, gradient);
      pieces.begin_update(weights);
      pieces.update_piece(0, weight.view(), 4, gradient.span().subspan(4));
      pieces.update_piece(0, weight.view(), 0, gradient.span().first(4));
      pieces.apply(weights, std::vector<ConstView>{{nullptr, weight.shape()}});
    }
    EXPECT_THAT(weight.span(), testing::ElementsAreArray(expected.span()));
    EXPECT_EQ(pieces.state().iterations, 2);
  }
}

TEST(Optimizer, UpdatesInPiecesUnlessItNeedsAllOfAGradient) {
  EXPECT_TRUE(SGD().updates_in_pieces());
  EXPECT_TRUE(Adam({.use_ema = true}).updates_in_pieces());
  EXPECT_FALSE(SGD({.clipnorm = 1.0}).updates_in_pieces());
  EXPECT_FALSE(SGD({.global_clipnorm = 1.0}).updates_in_pieces());
  EXPECT_FALSE(SGD({.clipvalue = 1.0}).updates_in_pieces());
  EXPECT_FALSE(SGD({.gradient_accumulation_steps = 2}).updates_in_pieces());
}

TEST(Optimizer, CountsUpdates) {
  Optimizer optimizer = SGD();
  Tensor weight({1});
  const Tensor gradient({1});
  apply(optimizer, weight, gradient);
  apply(optimizer, weight, gradient);
  EXPECT_EQ(optimizer.state().iterations, 2);
}

TEST(Optimizer, KeepsItsSlotsWhereTheyAre) {
  Optimizer optimizer = RMSprop();
  Tensor weight({3}, {1, 2, 3});
  const Tensor gradient({3}, {1, 1, 1});
  apply(optimizer, weight, gradient);
  const float* velocity = optimizer.state().slots[0][0].data();
  apply(optimizer, weight, gradient);
  EXPECT_EQ(optimizer.state().slots[0][0].data(), velocity);
}

TEST(Optimizer, IsAValueWhoseCopyLearnsOnItsOwn) {
  Optimizer optimizer = RMSprop();
  Tensor weight({1}, {1});
  const Tensor gradient({1}, {1});
  apply(optimizer, weight, gradient);
  Optimizer copy = optimizer;
  apply(copy, weight, gradient);
  EXPECT_EQ(optimizer.state().iterations, 1);
  EXPECT_NE(optimizer.state().slots[0][0][0], copy.state().slots[0][0][0]);
}

TEST(Optimizer, FollowsAChangedLearningRate) {
  Optimizer optimizer = SGD();
  optimizer.set_learning_rate(0.5);
  Tensor weight({1}, {1});
  apply(optimizer, weight, Tensor({1}, {1}));
  EXPECT_FLOAT_EQ(weight[0], 0.5F);
}

TEST(Optimizer, LetsNaNThrough) {
  for (const char* name :
       {"sgd", "rmsprop", "adam", "adamw", "adamax", "nadam", "adagrad", "adadelta", "lion", "ftrl"}) {
    Optimizer optimizer = name;
    Tensor weight({2}, {1, 1});
    apply(optimizer, weight, Tensor({2}, {std::numeric_limits<float>::quiet_NaN(), 1.0F}));
    EXPECT_TRUE(std::isnan(weight[0])) << name;
    EXPECT_FALSE(std::isnan(weight[1])) << name;
  }
}

TEST(Optimizer, RefusesAGradientOfAnotherShape) {
  Optimizer optimizer = RMSprop();
  Tensor weight({2, 3});
  EXPECT_THAT(
      [&] {
        apply(optimizer, weight, Tensor({3, 2}));
      },
      testing::ThrowsMessage<Error>(
          HasSubstr("shape (2, 3) cannot be updated by a gradient of shape (3, 2)")));
}

TEST(Optimizer, RefusesToGoOnWithOtherWeightsThanItRemembers) {
  Optimizer optimizer = RMSprop();
  Tensor weight({2});
  apply(optimizer, weight, Tensor({2}));
  const std::vector<View> weights{weight.view(), weight.view()};
  const std::vector<ConstView> gradients{weight.view(), weight.view()};
  EXPECT_THAT([&] { optimizer.apply(weights, gradients); },
              testing::ThrowsMessage<Error>(HasSubstr("remembers 1 weights; it is to update 2")));
}

TEST(Optimizer, WantsAGradientForEachWeight) {
  Optimizer optimizer = SGD();
  Tensor weight({2});
  EXPECT_THROW(optimizer.apply(std::vector<View>{weight.view()}, {}), Error);
}

}  // namespace
}  // namespace antler::optimizers
