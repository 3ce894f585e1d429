#include "antler/graph/fusion.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "antler/core/random.h"
#include "antler/graph/plan.h"
#include "antler/ops/activation.h"
#include "antler/ops/combine.h"
#include "antler/ops/convolution.h"
#include "antler/ops/dense.h"
#include "antler/ops/normalization.h"
#include "antler/ops/padding.h"
#include "antler/ops/pooling.h"

namespace antler::graph {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::Pointwise;

Tensor random_tensor(const Shape& shape, uint64_t stream) {
  Tensor tensor(shape);
  RandomStream(1, stream).fill_normal(tensor.span(), 0.0F, 1.0F);
  return tensor;
}

ops::Activation relu() {
  ops::Activation op;
  op.function = ops::Activation::Function::relu;
  return op;
}

std::vector<std::string> names(const Graph& graph) {
  std::vector<std::string> found;
  for (const Node& node : graph.nodes()) found.push_back(node.operation->name());
  return found;
}

Value convolved(Graph& graph, Value x, Tensor& kernel) {
  ops::Convolution convolution;
  convolution.bias = false;
  return graph.apply(convolution, {x, graph.parameter(kernel, true)});
}

// By moving statistics, without parameters.
Value normalized(Graph& graph, Value x, Tensor& moving, int axis = -1) {
  ops::BatchNormalization normalization;
  normalization.axis = axis;
  normalization.scale = normalization.center = false;
  const Value state = graph.parameter(moving, false);
  return graph.apply(normalization, {x}, {state, state});
}

// Padding, convolution, relu, normalisation and pooling: all that can be fused.
struct Block {
  Tensor kernel = random_tensor({3, 3, 1, 16}, 1);
  Tensor bias = random_tensor({16}, 2);
  Tensor gamma = random_tensor({7}, 3);
  Tensor beta = random_tensor({7}, 4);
  Tensor mean = Tensor({7}, 0.0F);
  Tensor variance = Tensor({7}, 1.0F);
  const Tensor data = random_tensor({3, 7, 6, 1}, 5);
  Graph graph;
  Value x;
  std::vector<Value> values;

  // With a parameter in front, to which gradients go, when one is given.
  explicit Block(Tensor* start = nullptr) {
    x = graph.input(data.shape());
    Value in = x;
    if (start != nullptr) in = graph.apply(ops::Combine{}, {x, graph.parameter(*start, true)});
    ops::ZeroPadding padding;
    padding.top = padding.bottom = padding.left = 1;
    values.push_back(graph.apply(padding, {in}));
    values.push_back(graph.apply(
        ops::Convolution{}, {values.back(), graph.parameter(kernel, true), graph.parameter(bias, true)}));
    values.push_back(graph.apply(relu(), {values.back()}));
    ops::BatchNormalization normalization;
    normalization.axis = 1;
    normalization.training = true;
    values.push_back(graph.apply(normalization,
                                 {values.back(), graph.parameter(gamma, true), graph.parameter(beta, true)},
                                 {graph.parameter(mean, false), graph.parameter(variance, false)}));
    values.push_back(graph.apply(ops::Pooling{}, {values.back()}));
  }

  // The output, then the gradients of the parameters.
  std::vector<float> run(const std::vector<Value>& outputs) {
    Plan plan(graph, {.outputs = outputs, .seeds = {values.back()}});
    plan.bind(x, data.data());
    plan.forward({});
    const View seed = plan.gradient(values.back());
    RandomStream(1, 6).fill_normal(seed.span(), 0.0F, 1.0F);
    plan.backward({});
    std::vector<float> all(plan.value(values.back()).span().begin(), plan.value(values.back()).span().end());
    for (const Tensor* tensor : {&kernel, &bias, &gamma, &beta}) {
      const auto gradient = plan.gradient(*plan.graph().find(*tensor)).span();
      all.insert(all.end(), gradient.begin(), gradient.end());
    }
    return all;
  }
};

TEST(Fusion, MakesOneOperationOfAFirstBlock) {
  Block block;
  fuse(block.graph, {block.values.back()});
  EXPECT_THAT(names(block.graph), ElementsAre("convolution + relu + batch normalization + max pooling"));
}

// Where a gradient goes further back than the convolution.
TEST(Fusion, MakesOneConvolutionAndOneNormalizationOfALaterBlock) {
  Tensor start = random_tensor({1, 1, 1, 1}, 7);
  Block block(&start);
  fuse(block.graph, {block.values.back()});
  EXPECT_THAT(names(block.graph),
              ElementsAre("sum", "convolution + relu", "batch normalization + max pooling"));
}

TEST(Fusion, ComputesTheSameAsTheOperationsOneByOne) {
  Tensor start = random_tensor({1, 1, 1, 1}, 7);
  for (Tensor* in_front : {static_cast<Tensor*>(nullptr), &start}) {
    Block block(in_front);
    const std::vector<float> fused = block.run({block.values.back()});
    EXPECT_THAT(block.run(block.values), Pointwise(FloatNear(2e-5F), fused));
  }
}

TEST(Fusion, LeavesValuesAloneThatAreToBeRead) {
  Block block;
  fuse(block.graph, block.values);
  EXPECT_EQ(block.graph.nodes().size(), 5U);
}

TEST(Fusion, LeavesValuesAloneThatOthersRead) {
  Block block;
  ops::Activation tanh;
  tanh.function = ops::Activation::Function::tanh;
  const Value other = block.graph.apply(tanh, {block.values[1]});  // beside the relu
  fuse(block.graph, {block.values.back(), other});
  EXPECT_THAT(names(block.graph),
              ElementsAre("convolution", "relu", "batch normalization + max pooling", "tanh"));
}

TEST(Fusion, GivesDenseItsRelu) {
  Graph graph;
  Tensor kernel({2, 2}, {1, -1, 1, -1});
  Tensor bias({2});
  const Value x = graph.input({1, 2});
  const Value y = graph.apply(
      relu(), {graph.apply(ops::Dense{}, {x, graph.parameter(kernel, true), graph.parameter(bias, true)})});
  fuse(graph, {y});
  EXPECT_THAT(names(graph), ElementsAre("dense + relu"));
}

// What relu(dense or convolution) and a normalisation come to, then the gradients of the parameters; with the
// relu's output `watched` it keeps its gradient to itself.
template <typename Op>
std::vector<float> run_normalized_relu(const Tensor& data, Tensor kernel, int axis, bool watched) {
  Op op;
  op.bias = false;
  Graph graph;
  const Value x = graph.input(data.shape());
  const Value y = graph.apply(relu(), {graph.apply(op, {x, graph.parameter(kernel, true)})});
  ops::BatchNormalization normalization;
  normalization.axis = axis;
  normalization.training = true;
  const Shape channels{graph.shape(y)[axis]};
  Tensor gamma = random_tensor(channels, 3);
  Tensor beta = random_tensor(channels, 4);
  Tensor mean(channels, 0.0F);
  Tensor variance(channels, 1.0F);
  const Value z = graph.apply(normalization, {y, graph.parameter(gamma, true), graph.parameter(beta, true)},
                              {graph.parameter(mean, false), graph.parameter(variance, false)});
  Plan plan(graph, {.outputs = watched ? std::vector{y, z} : std::vector{z}, .seeds = {z}});
  EXPECT_EQ(plan.graph().nodes().size(), 2U);
  EXPECT_EQ(plan.graph().nodes()[0].operation->backward_reads_output(), watched);
  plan.bind(x, data.data());
  plan.forward({});
  RandomStream(1, 6).fill_normal(plan.gradient(z).span(), 0.0F, 1.0F);
  plan.backward({});
  std::vector<float> all(plan.value(z).span().begin(), plan.value(z).span().end());
  for (const Tensor* tensor : {&kernel, &gamma, &beta}) {
    const auto gradient = plan.gradient(*plan.graph().find(*tensor)).span();
    all.insert(all.end(), gradient.begin(), gradient.end());
  }
  return all;
}

TEST(Fusion, TakesARelusGradientAlongWithThatOfTheNormalizationBehindIt) {
  const Tensor rows = random_tensor({9, 5}, 1);
  const Tensor kernel = random_tensor({5, 7}, 2);
  EXPECT_EQ(run_normalized_relu<ops::Dense>(rows, kernel, 1, false),
            run_normalized_relu<ops::Dense>(rows, kernel, 1, true));
  const Tensor images = random_tensor({3, 6, 5, 2}, 1);
  const Tensor filters = random_tensor({3, 3, 2, 4}, 2);
  for (const int axis : {1, 3}) {
    EXPECT_EQ(run_normalized_relu<ops::Convolution>(images, filters, axis, false),
              run_normalized_relu<ops::Convolution>(images, filters, axis, true));
  }
}

// What one branch of a residual network comes to, then the gradients of its parameters; `watched` keeps every
// value, so that nothing is fused.
std::vector<float> run_residual(int axis, bool pools, bool watched) {
  const Tensor data = random_tensor({3, 6, 5, 4}, 1);
  const int64_t channels = data.shape()[axis];
  Tensor start = random_tensor({1, 1, 1, 4}, 2);
  Tensor gamma = random_tensor({channels}, 3);
  Tensor beta = random_tensor({channels}, 4);
  Tensor mean({channels}, 0.0F);
  Tensor variance({channels}, 1.0F);
  Graph graph;
  const Value x = graph.input(data.shape());
  const Value shifted = graph.apply(ops::Combine{}, {x, graph.parameter(start, true)});
  ops::BatchNormalization normalization;
  normalization.axis = axis;
  normalization.training = true;
  std::vector<Value> values{shifted};
  values.push_back(graph.apply(normalization,
                               {shifted, graph.parameter(gamma, true), graph.parameter(beta, true)},
                               {graph.parameter(mean, false), graph.parameter(variance, false)}));
  values.push_back(graph.apply(relu(), {values.back()}));
  if (pools) {
    values.push_back(graph.apply(ops::Pooling{}, {values.back()}));
  } else {
    values.push_back(graph.apply(ops::Combine{}, {values.back(), shifted, x}));
    values.push_back(graph.apply(relu(), {values.back()}));
  }
  Plan plan(graph, {.outputs = watched ? values : std::vector{values.back()}, .seeds = {values.back()}});
  EXPECT_EQ(plan.graph().nodes().size(), watched ? graph.nodes().size() : (pools ? 2U : 3U));
  plan.bind(x, data.data());
  plan.forward({});
  RandomStream(1, 6).fill_normal(plan.gradient(values.back()).span(), 0.0F, 1.0F);
  plan.backward({});
  std::vector<float> all(plan.value(values.back()).span().begin(), plan.value(values.back()).span().end());
  for (const Tensor* tensor : {&start, &gamma, &beta}) {
    const auto gradient = plan.gradient(*plan.graph().find(*tensor)).span();
    all.insert(all.end(), gradient.begin(), gradient.end());
  }
  return all;
}

TEST(Fusion, RectifiesNormalizationsAndSumsInTheSamePass) {
  for (const int axis : {1, 3}) {
    for (const bool pools : {false, true}) {
      EXPECT_THAT(run_residual(axis, pools, false),
                  Pointwise(FloatNear(2e-5F), run_residual(axis, pools, true)));
    }
  }
}

// In training with moving statistics, too: gradients need what is between them.
TEST(Fusion, MergesConvolutionsAndNormalizationsForInferenceAlone) {
  Tensor kernel = random_tensor({3, 3, 2, 4}, 1);
  Tensor moving({4});
  Graph graph;
  const Value x = graph.input({2, 6, 5, 2});
  const Value y = graph.apply(relu(), {convolved(graph, x, kernel)});
  const Value z = graph.apply(ops::Pooling{}, {normalized(graph, y, moving)});
  const auto fused = [&](bool has_gradients, const std::vector<Value>& outputs) {
    Graph copy = graph;
    fuse(copy, outputs, has_gradients);
    return names(copy);
  };
  EXPECT_THAT(fused(false, {z}), ElementsAre("convolution + relu + batch normalization + max pooling"));
  EXPECT_THAT(fused(true, {z}), ElementsAre("convolution + relu", "batch normalization + max pooling"));
  EXPECT_THAT(fused(false, {y, z}), ElementsAre("convolution + relu", "batch normalization + max pooling"));
}

TEST(Fusion, KeepsANormalizationAlongTheBatchApart) {
  Tensor kernel = random_tensor({3, 3, 2, 4}, 1);
  Tensor moving({2});
  Graph graph;
  const Value x = graph.input({2, 6, 5, 2});
  const Value y = normalized(graph, convolved(graph, x, kernel), moving, 0);
  fuse(graph, {y}, false);
  EXPECT_THAT(names(graph), ElementsAre("convolution", "batch normalization"));
}

TEST(Fusion, KeepsPoolingWithOverlappingWindowsApart) {
  Graph graph;
  Tensor moving({3});
  const Value x = graph.input({1, 6, 6, 3});
  ops::Pooling pooling;
  pooling.pool_height = 3;
  const Value y = graph.apply(pooling, {normalized(graph, x, moving)});
  fuse(graph, {y});
  EXPECT_THAT(names(graph), ElementsAre("batch normalization", "max pooling"));
}

TEST(Fusion, KeepsPoolingOfSequencesApart) {
  Graph graph;
  Tensor moving({6});
  const Value x = graph.input({1, 6, 3});
  ops::Pooling pooling;
  pooling.pool_height = pooling.stride_height = 1;
  const Value y = graph.apply(pooling, {normalized(graph, x, moving, 1)});
  fuse(graph, {y});
  EXPECT_THAT(names(graph), ElementsAre("batch normalization", "max pooling"));
}

TEST(Fusion, DropsWhatNobodyReads) {
  Graph graph;
  const Value x = graph.input({1, 2});
  const Value y = graph.apply(relu(), {x});
  graph.apply(relu(), {graph.apply(relu(), {x})});
  fuse(graph, {y});
  EXPECT_EQ(graph.nodes().size(), 1U);
}

}  // namespace
}  // namespace antler::graph
