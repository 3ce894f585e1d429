#include "antler/graph/graph.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/ops/activation.h"
#include "antler/ops/dense.h"

namespace antler::graph {
namespace {

TEST(Graph, WorksOutShapesAsOperationsAreApplied) {
  Graph graph;
  Tensor kernel({3, 5});
  Tensor bias({5});
  const Value x = graph.input({7, 3});
  const Value y = graph.apply(ops::Dense{}, {x, graph.parameter(kernel, true), graph.parameter(bias, true)});
  EXPECT_EQ(graph.shape(y), Shape({7, 5}));
  EXPECT_EQ(graph.producer(y)->inputs.front(), x);
  EXPECT_EQ(graph.producer(x), nullptr);
}

TEST(Graph, RefusesShapesThatDoNotFit) {
  Graph graph;
  Tensor kernel({4, 5});
  const Value x = graph.input({7, 3});
  const Value weights = graph.parameter(kernel, true);
  EXPECT_THROW(graph.apply(
                   [] {
                     ops::Dense dense;
                     dense.bias = false;
                     return dense;
                   }(),
                   {x, weights}),
               Error);
}

TEST(Graph, GivesOneValueForOneTensor) {
  Graph graph;
  Tensor weight({2});
  const Value first = graph.parameter(weight, true);
  EXPECT_EQ(graph.parameter(weight, true), first);
  EXPECT_EQ(graph.find(weight), first);
  EXPECT_EQ(graph.tensor(first), &weight);
  EXPECT_FALSE(graph.find(Tensor({2})).has_value());
}

TEST(Graph, CountsTheReadersOfAValue) {
  Graph graph;
  const Value x = graph.input({2, 2});
  ops::Activation tanh;
  tanh.function = ops::Activation::Function::tanh;
  const Value y = graph.apply(tanh, {x});
  graph.apply(tanh, {x});
  EXPECT_EQ(graph.uses(x), 2);
  EXPECT_EQ(graph.uses(y), 0);
}

}  // namespace
}  // namespace antler::graph
