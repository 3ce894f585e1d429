// Three updates of five weights; the expected numbers are those of Keras 3.15.1 (TensorFlow 2.21, CPU).
#include <gmock/gmock.h>

#include "antler/optimizers/optimizers.h"

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

TEST(Adamax, MovesAsInKeras) {
  expect_after_three_updates(Adamax(), {0.998129904F, -1.99909174F, 0.500223756F, 2.99840569F, -0.248923033F},
                             {{0.0151000042F, 0.0328000002F, 0.0204999987F, 0.148499995F, 3.69999816e-06F},
                              {0.299700022F, 0.400000006F, 0.25F, 1.49700153F, 0.00029940033F}});
  expect_after_three_updates(Adamax({.learning_rate = 0.01, .beta_1 = 0.8, .beta_2 = 0.9, .epsilon = 0.01}),
                             {0.982576847F, -1.99224031F, 0.501319408F, 2.98367453F, -0.249714315F},
                             {{0.0207999982F, 0.0703999996F, 0.0419999957F, 0.25999999F, 1.35999981e-05F},
                              {0.270000011F, 0.400000006F, 0.25F, 1.21499991F, 0.000243000017F}});
}

TEST(Nadam, MovesAsInKeras) {
  expect_after_three_updates(
      Nadam(), {0.998427153F, -2.00024772F, 0.499990672F, 2.99876356F, -0.249713928F},
      {{0.0151000042F, 0.0328000113F, 0.0205000043F, 0.148500025F, 3.69999998e-06F},
       {0.000139888216F, 0.000209907346F, 6.49966605e-05F, 0.00354496646F, 1.397783e-10F}});
  expect_after_three_updates(Nadam({.learning_rate = 0.01, .beta_1 = 0.8, .beta_2 = 0.9}),
                             {0.983288109F, -2.00309682F, 0.499852717F, 2.98648858F, -0.247471839F},
                             {{0.0208000019F, 0.0703999922F, 0.0419999957F, 0.25999999F, 1.35999962e-05F},
                              {0.0129100028F, 0.0201400053F, 0.00647500157F, 0.307350039F, 1.18900028e-08F}});
}

TEST(Nadam, KnowsTheProductOfItsMomenta) {
  EXPECT_EQ(Nadam().rule().derived_numbers(0), Numbers{1.0F});
  EXPECT_FLOAT_EQ(Nadam().rule().derived_numbers(3).at(0), 0.113979928F);
  EXPECT_LT(Nadam().rule().derived_numbers(1'000'000'000).at(0), 1e-9F);
}

TEST(Adagrad, MovesAsInKeras) {
  expect_after_three_updates(Adagrad(),
                             {0.999435902F, -2.00044203F, 0.499540716F, 2.99896574F, -0.249999985F},
                             {{0.24000001F, 0.310000002F, 0.164999992F, 3.64999986F, 0.100000136F}});
  expect_after_three_updates(
      Adagrad({.learning_rate = 0.1, .initial_accumulator_value = 0.5, .epsilon = 0.01}),
      {0.972528398F, -2.03353548F, 0.474015266F, 2.90387344F, -0.25F},
      {{0.640000045F, 0.710000038F, 0.564999998F, 4.05000019F, 0.500000179F}});
}

TEST(Adadelta, MovesAsInKeras) {
  expect_after_three_updates(
      Adadelta(), {0.999998152F, -2.00000143F, 0.499999464F, 2.99999857F, -0.25F},
      {{0.00672625005F, 0.01028F, 0.00324374996F, 0.16530624F, 6.4612502e-09F},
       {3.73829238e-07F, 3.13994917e-07F, 2.87519356e-07F, 1.82595628e-07F, 6.24925267e-09F}});
  expect_after_three_updates(
      Adadelta({.learning_rate = 1.0, .rho = 0.8, .epsilon = 1e-3}),
      {0.926542222F, -2.0704186F, 0.463396132F, 2.91720533F, -0.25F},
      {{0.0236800015F, 0.0387200005F, 0.0129000004F, 0.528400004F, 1.99200016e-08F},
       {0.00256080623F, 0.00259272032F, 0.00146570732F, 0.00166060869F, 1.99197707e-08F}});
}

TEST(Lion, MovesAsInKeras) {
  expect_after_three_updates(
      Lion(), {0.999000013F, -2.00099993F, 0.5F, 2.99900007F, -0.250999987F},
      {{0.00195009843F, 0.00302979723F, 0.00200499804F, 0.0167714842F, 3.96994437e-08F}});
  expect_after_three_updates(Lion({.learning_rate = 0.01, .beta_1 = 0.5, .beta_2 = 0.8}),
                             {0.99000001F, -2.00999999F, 0.5F, 2.99000001F, -0.25999999F},
                             {{0.0207999982F, 0.0703999996F, 0.0419999957F, 0.25999999F, 1.35999953e-05F}});
}

TEST(Ftrl, MovesAsInKeras) {
  expect_after_three_updates(Ftrl({.learning_rate = 0.1,
                                   .initial_accumulator_value = 0.2,
                                   .l1_regularization_strength = 0.01,
                                   .l2_regularization_strength = 0.02,
                                   .l2_shrinkage_regularization_strength = 0.03,
                                   .beta = 0.5}),
                             {-0.0140346969F, -0.0969641954F, -0.0215269048F, 1.52591479F, 0.000518739107F},
                             {{0.340000004F, 0.410000026F, 0.264999986F, 3.75F, 0.200000152F},
                              {0.162570521F, 1.11957335F, 0.229312122F, -37.2498245F, -0.0149343172F}});
}

TEST(Ftrl, WithAnotherPowerOfTheRateMovesAsInKeras) {
  expect_after_three_updates(Ftrl({.learning_rate = 0.1, .learning_rate_power = -0.7}),
                             {-0.0205886457F, -0.469032854F, -0.0636173338F, 2.58573627F, -1.67984894e-07F},
                             {{0.24000001F, 0.310000002F, 0.164999992F, 3.64999986F, 0.100000136F},
                              {0.0758185834F, 2.0661242F, 0.180224657F, -64.001358F, 3.35174263e-07F}});
}

TEST(AdamW, MovesAsInKeras) {
  const Numbers momentum = {0.0151000042F, 0.0328000002F, 0.0204999987F, 0.148499995F, 3.69999816e-06F};
  const Numbers velocity = {0.000139890035F, 0.000209910067F, 6.49974972e-05F, 0.00354501233F,
                            1.39780104e-10F};
  expect_after_three_updates(AdamW(), {0.997812331F, -1.99916708F, 0.500224411F, 2.99816823F, -0.248926878F},
                             {momentum, velocity});
  expect_after_three_updates(AdamW({.learning_rate = 0.01, .weight_decay = 0.1, .amsgrad = true}),
                             {0.975275874F, -1.98593879F, 0.500798345F, 2.97307038F, -0.238570616F},
                             {momentum, velocity, velocity});
}

}  // namespace
}  // namespace antler::optimizers
