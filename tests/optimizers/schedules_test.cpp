// The first ten rates of each schedule, and their configs; the expected ones are those of Keras 3.15.1.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/optimizers/optimizers.h"

namespace antler::optimizers {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

void expect_rates(const Schedule& schedule, const std::vector<float>& expected) {
  for (size_t step = 0; step < expected.size(); ++step) {
    EXPECT_NEAR(schedule(static_cast<int64_t>(step)), expected[step], 1e-6F * expected[step] + 1e-8F)
        << "step " << step;
  }
}

TEST(ExponentialDecay, FallsAsInKeras) {
  expect_rates(ExponentialDecay(0.1, 3, 0.7),
               {0.100000001F, 0.0887904018F, 0.0788373575F, 0.0700000003F, 0.0621532798F, 0.0551861487F,
                0.0489999987F, 0.0435072966F, 0.038630303F, 0.0342999995F});
  expect_rates(ExponentialDecay(0.1, 3, 0.7, {.staircase = true}),
               {0.100000001F, 0.100000001F, 0.100000001F, 0.0700000003F, 0.0700000003F, 0.0700000003F,
                0.0489999987F, 0.0489999987F, 0.0489999987F, 0.0342999995F});
}

TEST(InverseTimeDecay, FallsAsInKeras) {
  expect_rates(InverseTimeDecay(0.1, 3, 0.5),
               {0.100000001F, 0.0857142881F, 0.0749999955F, 0.0666666701F, 0.0599999987F, 0.0545454584F,
                0.0500000007F, 0.0461538509F, 0.0428571403F, 0.0399999991F});
  expect_rates(InverseTimeDecay(0.1, 3, 0.5, {.staircase = true}),
               {0.100000001F, 0.100000001F, 0.100000001F, 0.0666666701F, 0.0666666701F, 0.0666666701F,
                0.0500000007F, 0.0500000007F, 0.0500000007F, 0.0399999991F});
}

TEST(PiecewiseConstantDecay, ChangesBehindEachBoundaryAsInKeras) {
  expect_rates(PiecewiseConstantDecay({2, 4}, {0.1, 0.2, 0.3}), {0.1F, 0.1F, 0.1F, 0.2F, 0.2F, 0.3F, 0.3F});
}

TEST(PolynomialDecay, FallsAsInKeras) {
  expect_rates(PolynomialDecay(0.1, 5, {.power = 2.0}),
               {0.100000001F, 0.0640360042F, 0.0360640027F, 0.0160839986F, 0.00409599952F, 9.99999975e-05F,
                9.99999975e-05F, 9.99999975e-05F});
  expect_rates(PolynomialDecay(0.1, 4, {.end_learning_rate = 0.01, .cycle = true}),
               {0.100000001F, 0.0775000006F, 0.0549999997F, 0.0324999988F, 0.00999999978F, 0.043750003F,
                0.0324999988F, 0.0212500002F, 0.00999999978F, 0.0324999988F});
}

TEST(CosineDecay, FallsAsInKeras) {
  expect_rates(CosineDecay(0.1, 4, {.alpha = 0.1}),
               {0.100000001F, 0.0868198127F, 0.054999996F, 0.0231801961F, 0.0100000007F, 0.0100000007F});
}

TEST(CosineDecay, WarmsUpAsInKeras) {
  expect_rates(CosineDecay(0.1, 4, {.warmup_target = 0.3, .warmup_steps = 3}),
               {0.100000001F, 0.166666687F, 0.233333349F, 0.300000012F, 0.256066024F, 0.149999991F,
                0.0439339876F, 0.0F, 0.0F, 0.0F});
}

TEST(OneCycle, ClimbsToTheHighestRateAndFallsToNearlyNothing) {
  const Schedule schedule =
      OneCycle(0.1, 10, {.warmup_share = 0.4, .div_factor = 10.0, .final_div_factor = 100.0});
  expect_rates(schedule, {0.01F, 0.0325F, 0.055F, 0.0775F, 0.1F});
  EXPECT_NEAR(schedule(7), (0.1F + 0.0001F) / 2.0F, 1e-7F);
  EXPECT_NEAR(schedule(10), 0.0001F, 1e-8F);
}

TEST(OneCycle, IsAScheduleThatKerasReads) {
  EXPECT_EQ(OneCycle(0.1, 10).class_name(), "CosineDecay");
}

TEST(OneCycle, RefusesAShareOfAllStepsAndDivisorsOfZero) {
  EXPECT_THROW(OneCycle(0.1, 0), Error);
  EXPECT_THROW(OneCycle(0.1, 10, {.warmup_share = 1.0}), Error);
  EXPECT_THROW(OneCycle(0.1, 10, {.div_factor = 0.0}), Error);
  EXPECT_THROW(OneCycle(0.1, 10, {.final_div_factor = 0.0}), Error);
}

TEST(CosineDecayRestarts, StartsAnewAsInKeras) {
  expect_rates(CosineDecayRestarts(0.1, 3, {.m_mul = 0.5, .alpha = 0.1}),
               {0.100000001F, 0.0775000006F, 0.0324999951F, 0.0550000034F, 0.051985573F, 0.0437499993F,
                0.0324999988F, 0.0212500039F, 0.0130144274F, 0.0324999988F});
  expect_rates(
      CosineDecayRestarts(0.1, 3, {.t_mul = 1.0}),
      {0.100000001F, 0.075000003F, 0.0249999966F, 0.100000001F, 0.0749999955F, 0.025000006F, 0.100000001F});
}

TEST(Schedule, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(dump_json(CosineDecay(0.1, 10).to_config()),
            R"({"module": "keras.optimizers.schedules", "class_name": "CosineDecay", "config": )"
            R"({"initial_learning_rate": 0.1, "decay_steps": 10, "alpha": 0.0, "name": "CosineDecay", )"
            R"("warmup_target": null, "warmup_steps": 0}, "registered_name": null})");
  EXPECT_EQ(dump_json(PiecewiseConstantDecay({2, 4}, {0.1, 0.2, 0.3}).to_config()["config"]),
            R"({"boundaries": [2, 4], "values": [0.1, 0.2, 0.3], "name": "PiecewiseConstant"})");
}

TEST(Schedule, ComesBackFromItsConfig) {
  for (const Schedule& schedule :
       {ExponentialDecay(0.1, 3, 0.7, {.staircase = true, .name = "a"}), InverseTimeDecay(0.1, 2.5, 0.5),
        PiecewiseConstantDecay({2, 4}, {0.1, 0.2, 0.3}, "b"),
        PolynomialDecay(0.1, 5, {.end_learning_rate = 0.01, .power = 2.0, .cycle = true}),
        CosineDecay(0.1, 4, {.alpha = 0.1, .warmup_target = 0.3, .warmup_steps = 3}),
        CosineDecayRestarts(0.1, 3, {.t_mul = 1.5, .m_mul = 0.5, .alpha = 0.1})}) {
    const Schedule back = Schedule::from_config(schedule.to_config());
    EXPECT_EQ(back.to_config(), schedule.to_config());
    EXPECT_EQ(back(4), schedule(4));
  }
}

TEST(Schedule, RefusesAClassItDoesNotKnow) {
  EXPECT_THAT(
      [] {
        Schedule::from_config({{"class_name", "Mine"}, {"config", Json::object()}});
      },
      ThrowsMessage<Error>(HasSubstr("no learning rate schedule 'Mine'; expected one of CosineDecay")));
  EXPECT_THROW(Schedule::from_config(Json("fast")), Error);
}

TEST(Schedule, RefusesAConfigThatIsNone) {
  EXPECT_THAT(
      [] {
        Schedule::from_config({{"class_name", "CosineDecay"}, {"config", {{"decay_steps", 3}}}});
      },
      ThrowsMessage<Error>(HasSubstr("\"initial_learning_rate\" is missing; expected a number")));
  EXPECT_THAT(
      [] {
        Schedule::from_config({{"class_name", "PiecewiseConstantDecay"}});
      },
      ThrowsMessage<Error>(HasSubstr("\"boundaries\" is null; expected a list of numbers")));
}

TEST(Schedule, RefusesStepsAndBoundariesThatKerasRefuses) {
  EXPECT_THROW(ExponentialDecay(0.1, 0, 0.5), Error);
  EXPECT_THROW(CosineDecayRestarts(0.1, -1), Error);
  EXPECT_THROW(PiecewiseConstantDecay({1, 2}, {0.1, 0.2}), Error);
  EXPECT_THROW(PiecewiseConstantDecay({1e300}, {0.1, 0.2}), Error);
}

}  // namespace
}  // namespace antler::optimizers
