// The operations of the lesson and of known networks, one by one, at the lesson's batch size.
#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "antler/core/random.h"
#include "antler/graph/plan.h"
#include "antler/ops/convolution.h"
#include "antler/ops/dense.h"
#include "antler/ops/normalization.h"
#include "antler/optimizers/rmsprop.h"

namespace {

using antler::Shape;
using antler::Tensor;
using antler::graph::Graph;
using antler::graph::Plan;
using antler::graph::Value;

constexpr int64_t batch = 64;

Tensor random_tensor(const Shape& shape, uint64_t stream) {
  Tensor tensor(shape);
  antler::RandomStream(1, stream).fill_normal(tensor.span(), 0.0F, 1.0F);
  return tensor;
}

struct Workload {
  std::string name;
  std::shared_ptr<const antler::ops::Operation> operation;
  std::vector<Shape> inputs;  // the first is the data, the others are weights
  std::vector<Shape> state;
  double forward_flops;  // a run, or 0 where arithmetic is not what it costs
};

// Forward, or forward and backward, of one operation whose input is a weight too where its gradient is
// wanted.
void run(benchmark::State& state, const Workload& work, bool training, bool input_gradient) {
  std::vector<Tensor> tensors;
  for (const Shape& shape : work.inputs) tensors.push_back(random_tensor(shape, tensors.size()));
  std::vector<Tensor> states(work.state.size());
  for (size_t i = 0; i < states.size(); ++i) states[i] = Tensor(work.state[i], 1.0F);
  Graph graph;
  std::vector<Value> values;
  std::vector<Value> state_values;
  for (size_t i = 0; i < tensors.size(); ++i)
    values.push_back(graph.parameter(tensors[i], i > 0 || input_gradient));
  for (Tensor& tensor : states) state_values.push_back(graph.parameter(tensor, false));
  const Value y = graph.apply(work.operation, values, state_values);
  Plan plan(std::move(graph), {.outputs = {y}, .seeds = training ? std::vector{y} : std::vector<Value>{}});
  for (auto _ : state) {
    plan.forward({});
    if (training) plan.backward({});
  }
  const double passes = training ? (input_gradient ? 3.0 : 2.0) : 1.0;
  if (work.forward_flops > 0.0) {
    state.counters["flops"] =
        benchmark::Counter(passes * work.forward_flops, benchmark::Counter::kIsIterationInvariantRate);
  }
}

Workload convolution(const std::string& name, int64_t size, int64_t pad, int64_t kernel, int64_t channels,
                     int64_t filters) {
  antler::ops::Convolution op;
  op.pad_top = op.pad_bottom = op.pad_left = op.pad_right = pad;
  op.relu = true;
  const auto out = static_cast<double>(size + 2 * pad - kernel + 1);
  return {name,
          std::make_shared<antler::ops::Convolution>(op),
          {{batch, size, size, channels}, {kernel, kernel, channels, filters}, {filters}},
          {},
          2.0 * batch * out * out * static_cast<double>(kernel * kernel * channels * filters)};
}

// 3x3, a filter for each channel, as in MobileNet.
Workload depthwise(const std::string& name, int64_t size, int64_t channels) {
  antler::ops::Convolution op;
  op.pad_top = op.pad_bottom = op.pad_left = op.pad_right = 1;
  op.groups = channels;
  return {name,
          std::make_shared<antler::ops::Convolution>(op),
          {{batch, size, size, channels}, {3, 3, 1, channels}, {channels}},
          {},
          2.0 * batch * 9 * static_cast<double>(size * size * channels)};
}

Workload dense(const std::string& name, int64_t in, int64_t out) {
  return {name,
          std::make_shared<antler::ops::Dense>(),
          {{batch, in}, {in, out}, {out}},
          {},
          2.0 * batch * static_cast<double>(in * out)};
}

Workload normalization(const std::string& name, const Shape& shape) {
  antler::ops::BatchNormalization op;
  op.axis = 1;
  op.training = true;
  op.pooling = antler::ops::Pooling{};
  const Shape rows{shape[1]};
  return {
      name, std::make_shared<antler::ops::BatchNormalization>(op), {shape, rows, rows}, {rows, rows}, 0.0};
}

void rmsprop(benchmark::State& state) {
  Tensor weight = random_tensor({576, 3168}, 1);
  const Tensor gradient = random_tensor(weight.shape(), 2);
  antler::optimizers::Optimizer optimizer = antler::optimizers::RMSprop();
  const std::vector<antler::View> weights{weight.view()};
  const std::vector<antler::ConstView> gradients{gradient.view()};
  for (auto _ : state) optimizer.apply(weights, gradients);
  state.SetBytesProcessed(state.iterations() * weight.size() * 5 * static_cast<int64_t>(sizeof(float)));
}

void add(const std::string& name, const std::function<void(benchmark::State&)>& body) {
  benchmark::RegisterBenchmark(name.c_str(), body)->UseRealTime()->Unit(benchmark::kMillisecond);
}

// Registered before main() as the BENCHMARK macro does it.
const bool registered = [] {
  const std::vector<Workload> works{convolution("conv 3x3, 1->32", 28, 0, 3, 1, 32),
                                    convolution("conv 3x3, 32->48", 13, 1, 3, 32, 48),
                                    convolution("conv 2x2, 48->64", 6, 1, 2, 48, 64),
                                    convolution("conv 3x3, 32x32x16->16", 32, 1, 3, 16, 16),
                                    convolution("conv 3x3, 16x16x32->32", 16, 1, 3, 32, 32),
                                    convolution("conv 3x3, 12x12x32->32", 12, 1, 3, 32, 32),
                                    convolution("conv 3x3, 8x8x64->64", 8, 1, 3, 64, 64),
                                    convolution("conv 3x3, 6x6x64->64", 6, 1, 3, 64, 64),
                                    convolution("conv 3x3, 8x8x128->128", 8, 1, 3, 128, 128),
                                    convolution("conv 5x5, 28x28x1->6", 28, 2, 5, 1, 6),
                                    convolution("conv 5x5, 14x14x6->16", 14, 0, 5, 6, 16),
                                    depthwise("depthwise 3x3, 32x32x64", 32, 64),
                                    dense("dense 576->3168", 576, 3168),
                                    dense("dense 3168->10", 3168, 10),
                                    normalization("normalize rows and pool, 26x26x32", {batch, 26, 26, 32}),
                                    normalization("normalize rows and pool, 13x13x48", {batch, 13, 13, 48})};
  for (const Workload& work : works) {
    const bool first = work.inputs[0][3 < work.inputs[0].rank() ? 3 : 1] == 1;
    add(work.name + ", forward", [work](benchmark::State& state) { run(state, work, false, false); });
    add(work.name + ", forward and backward",
        [work, first](benchmark::State& state) { run(state, work, true, !first); });
  }
  add("RMSprop on 1.8 M weights", rmsprop);
  return true;
}();

}  // namespace
