#include "antler/graph/plan.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/ops/activation.h"
#include "antler/ops/convolution.h"
#include "antler/ops/dense.h"
#include "antler/ops/reshape.h"
#include "tests/ops/run_operation.h"

namespace antler::graph {
namespace {

using testing::ElementsAre;
using testing::Pointwise;

ops::Dense dense_without_bias() {
  ops::Dense dense;
  dense.bias = false;
  return dense;
}

ops::Activation activation(ops::Activation::Function function) {
  ops::Activation op;
  op.function = function;
  return op;
}

std::vector<float> values(ConstView view) {
  return {view.span().begin(), view.span().end()};
}

TEST(Plan, RunsOperationsForwardInOrder) {
  Graph graph;
  Tensor kernel({2, 2}, {1, 2, 3, 4});
  const Value x = graph.input({1, 2});
  const Value y = graph.apply(dense_without_bias(), {x, graph.parameter(kernel, false)});
  const Value z = graph.apply(dense_without_bias(), {y, graph.parameter(kernel, false)});
  Plan plan(graph, {.outputs = {y, z}, .seeds = {}});
  const Tensor data({1, 2}, {1, 1});
  plan.bind(x, data.data());
  plan.forward({});
  EXPECT_THAT(values(plan.value(y)), ElementsAre(4, 6));
  EXPECT_THAT(values(plan.value(z)), ElementsAre(22, 32));
}

// The second run is the first one with weights in the kernels' own layouts.
TEST(Plan, GivesTheSameInEachRunOfInference) {
  Graph graph;
  ops::Convolution convolution;
  convolution.bias = false;
  Tensor image = ops::random_tensor({1, 6, 6, 16}, 1);
  Tensor filters = ops::random_tensor({3, 3, 16, 20}, 2);
  Tensor kernel = ops::random_tensor({320, 150}, 3);
  const Value x = graph.input({1, 6, 6, 16});
  const Value y = graph.apply(convolution, {x, graph.parameter(filters, false)});
  ops::Reshape flatten;
  flatten.shape = {320};
  const Value z =
      graph.apply(dense_without_bias(), {graph.apply(flatten, {y}), graph.parameter(kernel, false)});
  Plan plan(graph, {.outputs = {z}, .seeds = {}, .weights_stay = true});
  plan.bind(x, image.data());
  plan.forward({});
  const std::vector<float> first = values(plan.value(z));
  for (int run = 1; run < 3; ++run) {
    plan.forward({});
    EXPECT_EQ(values(plan.value(z)), first);
  }
}

TEST(Plan, ReadsTheWeightsThatAnotherPlanHasPrepared) {
  Graph graph;
  const Tensor data = ops::random_tensor({3, 5}, 1);
  Tensor kernel = ops::random_tensor({5, 150}, 2);
  const Value x = graph.input({3, 5});
  const Value y = graph.apply(dense_without_bias(), {x, graph.parameter(kernel, false)});
  const PlanOptions options{.outputs = {y}, .seeds = {}, .weights_stay = true};
  Plan first(graph, options);
  Plan second(graph, options);
  first.bind(x, data.data());
  second.bind(x, data.data());
  first.forward({});
  first.prepare();
  second.share_prepared(first);
  std::ranges::fill(kernel.span(), 0.0F);  // nobody looks there any more
  second.forward({});
  EXPECT_EQ(values(second.value(y)), values(first.value(y)));
}

TEST(Plan, RefusesToRunWithAnInputThatIsNotBound) {
  Graph graph;
  const Value x = graph.input({1, 2});
  const Value y = graph.apply(activation(ops::Activation::Function::tanh), {x});
  Plan plan(graph, {.outputs = {y}, .seeds = {}});
  EXPECT_THROW(plan.forward({}), Error);
  EXPECT_THROW(plan.bind(y, nullptr), Error);
}

TEST(Plan, AddsTheGradientsOfAValueThatIsReadTwice) {
  Graph graph;
  Tensor kernel({1, 1}, {3});
  const Value x = graph.input({1, 1});
  const Value weight = graph.parameter(kernel, true);
  const Value y = graph.apply(dense_without_bias(), {x, weight});  // 3 x
  const Value z = graph.apply(dense_without_bias(), {y, weight});  // 9 x
  Plan plan(graph, {.outputs = {z}, .seeds = {z}});
  const Tensor data({1, 1}, {2});
  plan.bind(x, data.data());
  plan.forward({});
  std::ranges::fill(plan.gradient(z).span(), 1.0F);
  plan.backward({});
  EXPECT_THAT(values(plan.gradient(weight)), ElementsAre(12));  // d(w^2 x) / dw = 2 w x
}

TEST(Plan, GivesFrozenParametersNoGradient) {
  Graph graph;
  Tensor frozen({1, 1}, {3});
  Tensor trained({1, 1}, {5});
  const Value x = graph.input({1, 1});
  const Value y = graph.apply(dense_without_bias(), {x, graph.parameter(trained, true)});
  const Value z = graph.apply(dense_without_bias(), {y, graph.parameter(frozen, false)});
  Plan plan(graph, {.outputs = {z}, .seeds = {z}});
  const Tensor data({1, 1}, {2});
  plan.bind(x, data.data());
  plan.forward({});
  std::ranges::fill(plan.gradient(z).span(), 1.0F);
  plan.backward({});
  EXPECT_EQ(plan.gradient(*graph.find(frozen)).data, nullptr);
  EXPECT_THAT(values(plan.gradient(*graph.find(trained))), ElementsAre(6));
}

// Only where it is large and has one reader; the others' gradients are kept.
TEST(Plan, HandsOverTheGradientOfALargeParameterInPieces) {
  Graph graph;
  Tensor large = ops::random_tensor({4, 20000}, 1);
  Tensor small = ops::random_tensor({20000, 3}, 2);
  Tensor shared = ops::random_tensor({300, 300}, 3);
  const Value x = graph.input({5, 300});
  const Value shared_value = graph.parameter(shared, true);
  Value y = graph.apply(dense_without_bias(), {x, shared_value});
  y = graph.apply(dense_without_bias(), {y, shared_value});
  Tensor narrow = ops::random_tensor({300, 4}, 4);
  y = graph.apply(dense_without_bias(), {y, graph.parameter(narrow, true)});
  const Value large_value = graph.parameter(large, true);
  y = graph.apply(dense_without_bias(), {y, large_value});
  const Value z = graph.apply(dense_without_bias(), {y, graph.parameter(small, false)});
  const Tensor data = ops::random_tensor({5, 300}, 5);
  const auto run = [&](Plan& plan, TakeParameterGradient take) {
    plan.bind(x, data.data());
    plan.forward({});
    std::ranges::fill(plan.gradient(z).span(), 1.0F);
    plan.backward({}, take);
  };
  Plan whole(graph, {.outputs = {z}, .seeds = {z}});
  run(whole, {});
  EXPECT_FALSE(whole.comes_in_pieces(large_value));

  Plan plan(graph, {.outputs = {z}, .seeds = {z}, .gradients_in_pieces = true});
  EXPECT_TRUE(plan.comes_in_pieces(large_value));
  EXPECT_FALSE(plan.comes_in_pieces(shared_value));
  EXPECT_EQ(plan.gradient(large_value).data, nullptr);
  Tensor gradient(large.shape());
  run(plan, [&](Value parameter, int64_t first, std::span<const float> piece) {
    ASSERT_EQ(parameter, large_value);
    std::ranges::copy(piece, gradient.data() + first);
  });
  EXPECT_THAT(values(gradient.view()), Pointwise(testing::Eq(), values(whole.gradient(large_value))));
  EXPECT_THAT(values(plan.gradient(shared_value)),
              Pointwise(testing::Eq(), values(whole.gradient(shared_value))));
}

TEST(Plan, LetsAReshapedValueShareItsInputsMemory) {
  Graph graph;
  Tensor kernel({2, 3}, {1, 2, 3, 4, 5, 6});
  const Value x = graph.input({2, 1, 2});
  const Value y = graph.apply(activation(ops::Activation::Function::linear), {x});
  ops::Reshape flat;
  flat.shape = {2};
  const Value z = graph.apply(flat, {y});
  const Value out = graph.apply(dense_without_bias(), {z, graph.parameter(kernel, true)});
  Plan plan(graph, {.outputs = {out}, .seeds = {out}});
  EXPECT_EQ(plan.value(y).data, plan.value(z).data);
  const Tensor data({2, 1, 2}, {1, 0, 0, 1});
  plan.bind(x, data.data());
  plan.forward({});
  EXPECT_THAT(values(plan.value(out)), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Plan, ReadsAParameterWhereItIsNowAfterItWasAssignedAsAWhole) {
  Graph graph;
  Tensor kernel({1, 1}, {3});
  const Value x = graph.input({1, 1});
  const Value y = graph.apply(dense_without_bias(), {x, graph.parameter(kernel, false)});
  Plan plan(graph, {.outputs = {y}, .seeds = {}});
  kernel = Tensor({1, 1}, {4});
  const Tensor data({1, 1}, {2});
  plan.bind(x, data.data());
  plan.forward({});
  EXPECT_THAT(values(plan.value(y)), ElementsAre(8));
}

// With its intermediate values among the outputs a plan can reuse no memory, and must compute the same.
TEST(Plan, ComputesTheSameWhereMemoryIsReused) {
  std::vector<Tensor> kernels;
  for (float scale : {0.3F, -0.7F, 0.9F, 0.4F}) {
    kernels.emplace_back(Shape{3, 3},
                         std::initializer_list<float>{scale, 1, 0, -1, scale, 2, 0.5F, 0, scale});
  }
  const Tensor data({2, 3}, {1, 2, 3, -1, 0, 1});
  const auto gradients = [&](bool keep_all) {
    Graph graph;
    Value value = graph.input({2, 3});
    const Value x = value;
    std::vector<Value> outputs;
    for (Tensor& kernel : kernels) {
      value = graph.apply(dense_without_bias(), {value, graph.parameter(kernel, true)});
      value = graph.apply(activation(ops::Activation::Function::tanh), {value});
      if (keep_all) outputs.push_back(value);
    }
    if (!keep_all) outputs = {value};
    Plan plan(graph, {.outputs = outputs, .seeds = {value}});
    plan.bind(x, data.data());
    plan.forward({});
    std::ranges::fill(plan.gradient(value).span(), 1.0F);
    plan.backward({});
    std::vector<float> all;
    for (const Tensor& kernel : kernels) {
      for (float each : plan.gradient(*graph.find(kernel)).span()) all.push_back(each);
    }
    return all;
  };
  EXPECT_THAT(gradients(false), Pointwise(testing::Eq(), gradients(true)));
}

}  // namespace
}  // namespace antler::graph
