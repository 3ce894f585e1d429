#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

TEST(Identity, DoesNothing) {
  EXPECT_THAT(run_layer(Identity(), Tensor({1, 2}, {1, 2})).span(), ElementsAre(1, 2));
  EXPECT_EQ(config_read_back(Identity()), "{}");
}

TEST(ActivityRegularization, AddsAPenaltyOfTheMeanSampleToTheLoss) {
  const Layer layer = ActivityRegularization({.l1 = 0.1, .l2 = 0.01});
  build_layer(layer, {2});
  graph::Graph graph;
  Lowering to{graph, true};
  const std::vector<graph::Value> inputs = {graph.input({2, 2})};
  EXPECT_EQ(layer.base().lower(to, inputs), inputs[0]);
  ASSERT_EQ(to.penalties.size(), 1U);
  const Tensor x({2, 2}, {1, -2, 3, 4});
  graph::Plan plan(graph, {.outputs = to.penalties, .seeds = {}});
  plan.bind(inputs[0], x.data());
  plan.forward({});
  EXPECT_NEAR(plan.value(to.penalties[0]).data[0], 0.65F, 1e-6F);
}

TEST(ActivityRegularization, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_read_back(ActivityRegularization({.l1 = 0.5})), R"({"l1": 0.5, "l2": 0.0})");
  EXPECT_THROW(ActivityRegularization({.l1 = -1.0}), Error);
}

}  // namespace
}  // namespace antler::layers
