#include "antler/regularizers/regularizer.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/graph/plan.h"

namespace antler::regularizers {
namespace {

// The expected penalties are Keras 3.15.1's.
double penalty(const Regularizer& regularizer, double scale = 1.0) {
  Tensor weight({2, 3}, {1, -2, 3, -4, 0.5, 0});
  graph::Graph graph;
  const graph::Value value = regularizer.lower(graph, graph.parameter(weight, true), scale);
  graph::Plan plan(std::move(graph), {.outputs = {value}, .seeds = {}});
  plan.forward({});
  return double{plan.value(value).data[0]};
}

TEST(Regularizer, GivesThePenaltiesOfKeras) {
  EXPECT_NEAR(penalty(L1(0.1)), 1.05, 1e-6);
  EXPECT_NEAR(penalty(L2(0.1)), 3.025, 1e-6);
  EXPECT_NEAR(penalty(L1L2(0.1, 0.2)), 7.1, 1e-6);
  EXPECT_NEAR(penalty(OrthogonalRegularizer(0.5)), 0.165748373, 1e-6);
  EXPECT_NEAR(penalty(OrthogonalRegularizer(0.5, "columns")), 0.2805444, 1e-6);
}

TEST(Regularizer, IsScaledAsAsked) {
  EXPECT_NEAR(penalty(L1(0.1), 0.5), 0.525, 1e-6);
  EXPECT_NEAR(penalty(OrthogonalRegularizer(0.5), 2.0), 2 * 0.165748373, 1e-6);
}

TEST(Regularizer, HasTheDefaultsOfItsClassWhenGivenByName) {
  EXPECT_NEAR(penalty("l1"), 0.105, 1e-6);
  EXPECT_NEAR(penalty("l2"), 0.3025, 1e-6);
  EXPECT_EQ(Regularizer("l1_l2").to_config()["config"], (Json{{"l1", 0.0}, {"l2", 0.0}}));
  EXPECT_EQ(Regularizer("orthogonal_regularizer").to_config()["config"],
            (Json{{"factor", 0.01}, {"mode", "rows"}}));
}

TEST(Regularizer, ComesBackFromItsConfig) {
  const std::vector<Regularizer> all{L1(0.5), L2(0.25), L1L2(0.5, 0.25),
                                     OrthogonalRegularizer(0.5, "columns")};
  for (const Regularizer& each : all) {
    const Json saved = each.to_config();
    EXPECT_EQ(Regularizer::from_config(saved).to_config(), saved);
  }
}

TEST(Regularizer, OfNullIsNone) {
  EXPECT_FALSE(Regularizer::from_config(nullptr));
  EXPECT_FALSE(Regularizer());
  EXPECT_EQ(Regularizer().to_config(), nullptr);
}

TEST(Regularizer, RefusesWhatKerasDoesNotHave) {
  EXPECT_THROW(Regularizer("l3"), Error);
  EXPECT_THROW(L1(-0.1), Error);
  EXPECT_THROW(OrthogonalRegularizer(0.1, "diagonals"), Error);
  EXPECT_THROW(Regularizer::from_config({{"class_name", "L1"}, {"config", {{"l2", 0.1}}}}), Error);
  EXPECT_THROW(Regularizer::from_config(3), Error);
}

TEST(Regularizer, OfOrthogonalityRefusesAnythingButAMatrix) {
  Tensor weight({4}, {1, 2, 3, 4});
  graph::Graph graph;
  EXPECT_THROW(OrthogonalRegularizer().lower(graph, graph.parameter(weight, true)), Error);
}

TEST(RegularizerClasses, AreThoseOfKeras) {
  EXPECT_THAT(regularizer_classes(), testing::ElementsAre("L1", "L1L2", "L2", "OrthogonalRegularizer"));
}

}  // namespace
}  // namespace antler::regularizers
