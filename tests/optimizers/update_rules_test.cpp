// Three updates of five weights; the expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU).
#include <gmock/gmock.h>

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {
namespace {

using Numbers = std::vector<float>;

const std::vector<Numbers> gradients = {
    {0.1F, -0.2F, 0.0F, 1.5F, -3e-4F}, {0.3F, 0.1F, -0.05F, -0.7F, 2e-4F}, {-0.2F, 0.4F, 0.25F, 0.9F, 1e-4F}};

void expect_near(std::span<const float> found, const Numbers& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(found[i], expected[i], 1e-6F * std::abs(expected[i]) + 1e-11F) << "element " << i;
  }
}

void expect_after_three_updates(Optimizer optimizer, const Numbers& weight,
                                const std::vector<Numbers>& slots) {
  Tensor tensor({5}, {1.0F, -2.0F, 0.5F, 3.0F, -0.25F});
  for (const Numbers& numbers : gradients) {
    const Tensor gradient({5}, numbers);
    optimizer.apply(std::vector<View>{tensor.view()}, std::vector<ConstView>{gradient.view()});
  }
  expect_near(tensor.span(), weight);
  ASSERT_EQ(optimizer.state().slots.size(), slots.size());
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    SCOPED_TRACE(optimizer.rule().slots()[slot]);
    expect_near(optimizer.state().slots[slot].at(0).span(), slots[slot]);
  }
}

TEST(SGD, MovesAsInKeras) {
  expect_after_three_updates(SGD(), {0.99799997F, -2.003F, 0.49800003F, 2.9829998F, -0.25F}, {});
}

TEST(SGD, WithMomentumMovesAsInKeras) {
  expect_after_three_updates(
      SGD({.learning_rate = 0.1, .momentum = 0.9}),
      {0.93590003F, -2.00480008F, 0.48449999F, 2.63649988F, -0.249966696F},
      {{-0.0150999967F, -0.0328000039F, -0.0205000006F, -0.148499995F, -3.69999952e-06F}});
}

TEST(SGD, WithNesterovsMomentumMovesAsInKeras) {
  expect_after_three_updates(
      SGD({.learning_rate = 0.1, .momentum = 0.9, .nesterov = true}),
      {0.922309995F, -2.03432012F, 0.466050029F, 2.50284982F, -0.249970034F},
      {{-0.0150999967F, -0.0328000039F, -0.0205000006F, -0.148499995F, -3.69999952e-06F}});
}

TEST(RMSprop, MovesAsInKeras) {
  expect_after_three_updates(RMSprop(),
                             {0.995582938F, -2.00113058F, 0.500054836F, 2.99660993F, -0.249987617F},
                             {{0.012910001F, 0.0201399997F, 0.00647500018F, 0.30735001F, 1.1890001e-08F}});
}

TEST(RMSprop, WithMomentumMovesAsInKeras) {
  expect_after_three_updates(RMSprop({.learning_rate = 0.01, .rho = 0.8, .momentum = 0.5}),
                             {0.941723824F, -1.99756312F, 0.511526465F, 2.96400309F, -0.246179312F},
                             {{0.0236800015F, 0.0387200005F, 0.0129000004F, 0.528400004F, 1.99200016e-08F},
                              {0.0033074338F, 0.0201931447F, 0.0108319642F, 0.0127995983F, 0.00356268953F}});
}

TEST(RMSprop, CenteredMovesAsInKeras) {
  expect_after_three_updates(RMSprop({.learning_rate = 0.01, .momentum = 0.5, .centered = true}),
                             {0.91026932F, -1.99290907F, 0.517860532F, 2.94593239F, -0.245984048F},
                             {{0.012910001F, 0.0201399997F, 0.00647500018F, 0.30735001F, 1.1890001e-08F},
                              {0.00695995241F, 0.0280607268F, 0.0154653769F, 0.0181446113F, 0.00369599229F},
                              {0.0150999967F, 0.0328000039F, 0.0205000006F, 0.148499995F, 3.69999952e-06F}});
}

TEST(Adam, MovesAsInKeras) {
  expect_after_three_updates(
      Adam(), {0.997824311F, -1.99919105F, 0.500230432F, 2.99820399F, -0.248929873F},
      {{0.0151000042F, 0.0328000002F, 0.0204999987F, 0.148499995F, 3.69999816e-06F},
       {0.000139890035F, 0.000209910067F, 6.49974972e-05F, 0.00354501233F, 1.39780104e-10F}});
}

TEST(Adam, WithTheLargestVelocityMovesAsInKeras) {
  expect_after_three_updates(Adam({.learning_rate = 0.01, .beta_1 = 0.8, .beta_2 = 0.9, .amsgrad = true}),
                             {0.978798687F, -1.99314952F, 0.502089858F, 2.98258257F, -0.240448445F},
                             {{0.0207999982F, 0.0703999996F, 0.0419999957F, 0.25999999F, 1.35999981e-05F},
                              {0.012910001F, 0.0201400016F, 0.00647500018F, 0.30735001F, 1.18900001e-08F},
                              {0.012910001F, 0.0201400016F, 0.00647500018F, 0.30735001F, 1.21000001e-08F}});
}

}  // namespace
}  // namespace antler::optimizers
