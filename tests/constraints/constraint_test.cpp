#include "antler/constraints/constraint.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler::constraints {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::Pointwise;

// The expected weights are Keras 3.15.1's.
std::vector<float> applied(const Constraint& constraint) {
  Tensor weight({2, 3}, {1, -2, 3, -4, 0.5, 0});
  constraint.apply(weight.view());
  return {weight.span().begin(), weight.span().end()};
}

auto near(const std::vector<float>& expected) {
  return Pointwise(FloatNear(1e-6F), expected);
}

TEST(Constraint, KeepsWeightsAsKerasDoes) {
  EXPECT_THAT(applied(NonNeg()), ElementsAre(1, 0, 3, 0, 0.5, 0));
  EXPECT_THAT(applied(MaxNorm()), near({0.485071272F, -1.94028509F, 2.0F, -1.94028509F, 0.485071272F, 0.0F}));
  EXPECT_THAT(applied(UnitNorm(1)),
              near({0.267261237F, -0.534522474F, 0.801783681F, -0.992277861F, 0.124034733F, 0.0F}));
  EXPECT_THAT(applied(MinMaxNorm({.min_value = 0.5, .max_value = 2.0, .rate = 0.5, .axis = 1})),
              near({0.767261207F, -1.53452241F, 2.30178356F, -2.99227786F, 0.374034733F, 0.0F}));
}

TEST(Constraint, TakesANormOverSeveralAxes) {
  EXPECT_THAT(applied(MaxNorm({.max_value = 2, .axis = {0, 1}})),
              near({0.363636374F, -0.727272749F, 1.09090912F, -1.45454550F, 0.181818187F, 0.0F}));
}

TEST(Constraint, HasTheDefaultsOfItsClassWhenGivenByName) {
  EXPECT_EQ(Constraint("max_norm").to_config()["config"], (Json{{"max_value", 2.0}, {"axis", 0}}));
  EXPECT_EQ(Constraint("unit_norm").to_config()["config"], (Json{{"axis", 0}}));
  EXPECT_EQ(Constraint("min_max_norm").to_config()["config"],
            (Json{{"min_value", 0.0}, {"max_value", 1.0}, {"rate", 1.0}, {"axis", 0}}));
}

TEST(Constraint, ComesBackFromItsConfig) {
  const std::vector<Constraint> all{NonNeg(), MaxNorm({.max_value = 3, .axis = {0, 1}}), UnitNorm(1),
                                    MinMaxNorm({.min_value = 0.5, .rate = 0.25})};
  for (const Constraint& each : all) {
    const Json saved = each.to_config();
    EXPECT_EQ(Constraint::from_config(saved).to_config(), saved);
  }
}

TEST(Constraint, OfNullIsNone) {
  EXPECT_FALSE(Constraint::from_config(nullptr));
  EXPECT_EQ(Constraint().to_config(), nullptr);
}

TEST(Constraint, RefusesWhatItCannotDo) {
  EXPECT_THROW(Constraint("max"), Error);
  EXPECT_THROW(applied(UnitNorm(2)), Error);
  EXPECT_THROW(MinMaxNorm({.min_value = 2.0, .max_value = 1.0}), Error);
  EXPECT_THROW(Constraint::from_config({{"class_name", "UnitNorm"}, {"config", {{"axis", "0"}}}}), Error);
}

TEST(ConstraintClasses, AreThoseOfKeras) {
  EXPECT_THAT(constraint_classes(), ElementsAre("MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"));
}

}  // namespace
}  // namespace antler::constraints
