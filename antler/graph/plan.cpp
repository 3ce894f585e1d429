#include "antler/graph/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/graph/fusion.h"
#include "antler/graph/planner.h"
#include "antler/ops/sum.h"

namespace antler::graph {

Plan::Plan(Graph graph, const PlanOptions& options) : graph_(std::move(graph)) {
  fuse(graph_, options.outputs, !options.seeds.empty());
  lay_out(*this, options);
}

void Plan::repoint(Value value, float* data) {
  values_[static_cast<size_t>(value.id)].data = data;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Node& node = graph_.nodes()[i];
    for (size_t k = 0; k < node.inputs.size(); ++k) {
      if (node.inputs[k] == value) steps_[i].inputs[k].data = data;
    }
    for (size_t k = 0; k < node.state.size(); ++k) {
      if (node.state[k] == value) steps_[i].state[k].data = data;
    }
  }
}

void Plan::bind(Value input, const float* data) {
  if (graph_.producer(input) != nullptr || graph_.tensor(input) != nullptr) {
    throw Error("value {} of a graph is computed, not an input", input.id);
  }
  repoint(input, const_cast<float*>(data));  // NOLINT: an input's pointer only ever becomes a ConstView
}

// A weight that was assigned as a whole lives at another address now.
void Plan::refresh_parameters() {
  for (int id = 0; id < graph_.value_count(); ++id) {
    Tensor* tensor = graph_.tensor(Value{id});
    if (tensor != nullptr && tensor->data() != values_[static_cast<size_t>(id)].data)
      repoint(Value{id}, tensor->data());
  }
}

void Plan::measure(Profile& profile) {
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Node& node = graph_.nodes()[i];
    Step& step = steps_[i];
    std::vector<Shape> shapes;
    for (const ConstView& input : step.inputs) shapes.push_back(input.shape);
    const std::string name =
        fmt::format("{} {}", node.operation->name(), graph_.shape(node.output).to_string());
    step.flops = node.operation->flops(shapes);
    if (step.runs_forward) step.forward_time = &profile.entry(name);
    if (!step.runs_backward) continue;
    step.backward_time = &profile.entry(name + (step.in_pieces ? ", backward and update" : ", backward"));
    for (size_t k = 0; k < std::min<size_t>(2, step.input_gradients.size()); ++k)
      step.backward_flops += step.input_gradients[k].data || step.in_pieces == k ? step.flops : 0.0;
  }
}

bool Plan::comes_in_pieces(Value parameter) const {
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].in_pieces && graph_.nodes()[i].inputs[*steps_[i].in_pieces] == parameter) return true;
  }
  return false;
}

std::span<float> Plan::prepared_of(const Step& step) const {
  if (!prepared_) return {};
  return {prepared_.get() + step.prepared_at, static_cast<size_t>(step.prepared_floats)};
}

void Plan::prepare() {
  if (prepared_floats_ == 0) return;
  refresh_parameters();
  prepared_ = allocate_floats(prepared_floats_);
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].prepared_floats > 0)
      graph_.nodes()[i].operation->prepare(steps_[i].inputs, prepared_of(steps_[i]));
  }
}

void Plan::forward(ops::RandomKey random) {
  refresh_parameters();
  // Not for the first run, which may be the only one.
  if (++runs_ == 2 && !prepared_) prepare();
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Node& node = graph_.nodes()[i];
    const Step& step = steps_[i];
    if (!step.runs_forward) continue;
    for (const ConstView& input : step.inputs) {
      if (input.data == nullptr) throw Error("an input of '{}' is not bound", node.operation->name());
    }
    const ConstView& output = values_[static_cast<size_t>(node.output.id)];
    const ProfiledRun measured(step.forward_time, step.flops);
    node.operation->forward(
        {.inputs = step.inputs,
         .state = step.state,
         .output = {const_cast<float*>(output.data), output.shape},  // NOLINT: it is in the arena
         .saved = step.saved,
         .scratch = step.forward_scratch,
         .prepared = prepared_of(step),
         .random = random,
         .backward_follows = step.runs_backward});
  }
}

void Plan::backward(ops::RandomKey random, TakeParameterGradient take) {
  for (size_t i = steps_.size(); i-- > 0;) {
    const Node& node = graph_.nodes()[i];
    const Step& step = steps_[i];
    if (!step.runs_backward) continue;
    const ProfiledRun measured(step.backward_time, step.backward_flops);
    const auto take_from_here = [&](int64_t first, std::span<const float> gradient) {
      take(node.inputs[*step.in_pieces], first, gradient);
    };
    node.operation->backward(
        {.inputs = step.inputs,
         .output = values_[static_cast<size_t>(node.output.id)],
         .output_gradient = gradients_[static_cast<size_t>(node.output.id)],
         .input_gradients = step.input_gradients,
         .saved = step.saved,
         .scratch = step.backward_scratch,
         .random = random,
         .take_gradient = step.in_pieces ? ops::TakeGradient(take_from_here) : ops::TakeGradient()});
    for (size_t k = 0; k < step.sums.size(); ++k) {
      if (step.sums[k].data != nullptr) ops::add_to(step.sums[k], step.input_gradients[k]);
    }
  }
}

}  // namespace antler::graph
