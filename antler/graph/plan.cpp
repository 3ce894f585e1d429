#include "antler/graph/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/graph/fusion.h"
#include "antler/graph/planner.h"
#include "antler/ops/sum.h"

namespace antler::graph {

// Lays out a plan. Time runs over the nodes forward, then over the same nodes backward: node i runs at i and,
// in backward, at 2 * nodes - 1 - i.
class Planner {
 public:
  Planner(Plan& plan, const PlanOptions& options)
      : plan_(plan),
        graph_(plan.graph_),
        options_(options),
        nodes_(static_cast<int>(graph_.nodes().size())) {}

  void run() {
    find_gradients();
    find_aliases();
    for (int i = 0; i < nodes_; ++i) reserve_forward(i);
    reserve_outputs();
    for (int i = nodes_ - 1; i >= 0; --i) {
      if (step(i).runs_backward) reserve_backward(i);
    }
    plan_.arena_floats_ = place(buffers_);
    plan_.arena_ = allocate_floats(plan_.arena_floats_);
    // Padding and unused gaps are never read, but an arena that starts out defined keeps a faulty plan
    // reproducible.
    std::fill_n(plan_.arena_.get(), plan_.arena_floats_, 0.0F);
    resolve();
  }

 private:
  static constexpr int none = -1;
  // Indices into buffers_ of what a node needs.
  struct Reserved {
    int saved = none;
    int forward_scratch = none;
    int backward_scratch = none;
    std::vector<int> contributions;  // for inputs whose gradient has a contribution already
  };

  const Node& node(int i) const { return graph_.nodes()[static_cast<size_t>(i)]; }
  Plan::Step& step(int i) { return plan_.steps_[static_cast<size_t>(i)]; }
  int backward_time(int i) const { return 2 * nodes_ - 1 - i; }
  int end_of_time() const { return 2 * nodes_; }
  static size_t index(Value value) { return static_cast<size_t>(value.id); }
  bool is_computed(Value value) const { return graph_.producer(value) != nullptr; }

  std::vector<Shape> input_shapes(int i) const {
    std::vector<Shape> shapes;
    for (Value input : node(i).inputs) shapes.push_back(graph_.shape(input));
    return shapes;
  }

  int reserve(int64_t floats, int time) {
    buffers_.push_back({.floats = floats, .begin = time, .end = time});
    return static_cast<int>(buffers_.size()) - 1;
  }
  void extend(int buffer, int time) {
    if (buffer != none) buffers_[static_cast<size_t>(buffer)].extend_to(time);
  }

  // A value has a gradient when a trainable parameter leads to it and it leads to a seed.
  void find_gradients() {
    const auto count = static_cast<size_t>(graph_.value_count());
    std::vector<char> depends(count, 0);
    for (size_t id = 0; id < count; ++id)
      depends[id] = graph_.is_trainable(Value{static_cast<int>(id)}) ? 1 : 0;
    for (const Node& each : graph_.nodes()) {
      for (Value input : each.inputs) depends[index(each.output)] |= depends[index(input)];
    }
    std::vector<char> leads(count, 0);
    for (Value seed : options_.seeds) leads[index(seed)] = 1;
    plan_.steps_.resize(static_cast<size_t>(nodes_));
    for (int i = nodes_ - 1; i >= 0; --i) {
      if (!leads[index(node(i).output)] || !depends[index(node(i).output)]) continue;
      step(i).runs_backward = true;
      for (Value input : node(i).inputs) leads[index(input)] = 1;
    }
    has_gradient_.resize(count);
    for (size_t id = 0; id < count; ++id) has_gradient_[id] = depends[id] && leads[id];
    for (Value seed : options_.seeds) has_gradient_[index(seed)] = 1;
  }

  // An operation that only reshapes shares its input's memory, gradient included, where nobody else looks at
  // it.
  void find_aliases() {
    const auto count = static_cast<size_t>(graph_.value_count());
    root_.resize(count);
    for (size_t id = 0; id < count; ++id) root_[id] = Value{static_cast<int>(id)};
    for (int i = 0; i < nodes_; ++i) {
      const Value input = node(i).inputs.front();
      const bool watched = std::ranges::count(options_.outputs, input) > 0;
      if (!node(i).operation->only_reshapes() || !is_computed(input) || graph_.uses(input) > 1 || watched)
        continue;
      root_[index(node(i).output)] = root_[index(input)];
      step(i).runs_forward = step(i).runs_backward = false;
    }
    value_buffer_.assign(count, none);
    gradient_buffer_.assign(count, none);
    reserved_.resize(static_cast<size_t>(nodes_));
  }

  int& value_buffer(Value value) { return value_buffer_[index(root_[index(value)])]; }
  int& gradient_buffer(Value value) { return gradient_buffer_[index(root_[index(value)])]; }

  void reserve_forward(int i) {
    const Node& each = node(i);
    const std::vector<Shape> shapes = input_shapes(i);
    Reserved& reserved = reserved_[static_cast<size_t>(i)];
    for (Value input : each.inputs) extend(value_buffer(input), i);
    if (value_buffer(each.output) == none)
      value_buffer(each.output) = reserve(graph_.shape(each.output).size(), i);
    if (!step(i).runs_forward) return;
    reserved.saved = reserve(each.operation->saved_floats(shapes), i);
    reserved.forward_scratch = reserve(each.operation->scratch_floats(shapes), i);
    if (options_.seeds.empty() && options_.weights_stay) reserve_prepared(i, shapes);
  }

  // Outside the arena, which other plans do not share; where all of the node's inputs but the data are
  // weights.
  void reserve_prepared(int i, const std::vector<Shape>& shapes) {
    const auto is_weight = [&](Value input) { return graph_.tensor(input) != nullptr; };
    if (!std::ranges::all_of(node(i).inputs.begin() + 1, node(i).inputs.end(), is_weight)) return;
    step(i).prepared_floats = node(i).operation->prepared_floats(shapes);
    step(i).prepared_at = plan_.prepared_floats_;
    plan_.prepared_floats_ += round_up(step(i).prepared_floats);
  }

  void reserve_outputs() {
    for (Value output : options_.outputs) extend(value_buffer(output), end_of_time());
    for (Value seed : options_.seeds) {
      if (gradient_buffer(seed) == none)
        gradient_buffer(seed) = reserve(graph_.shape(seed).size(), nodes_ - 1);
    }
  }

  void reserve_backward(int i) {
    const Node& each = node(i);
    const ops::Operation& operation = *each.operation;
    const int now = backward_time(i);
    Reserved& reserved = reserved_[static_cast<size_t>(i)];
    extend(reserved.saved, now);
    extend(gradient_buffer(each.output), now);
    if (operation.backward_reads_output()) extend(value_buffer(each.output), now);
    reserved.backward_scratch = reserve(operation.scratch_floats(input_shapes(i)), now);
    for (size_t k = 0; k < each.inputs.size(); ++k) {
      const Value input = each.inputs[k];
      if (operation.backward_reads_input(k)) extend(value_buffer(input), now);
      reserved.contributions.push_back(has_gradient_[index(input)] ? reserve_gradient(input, now) : none);
    }
  }

  // The first contribution to a gradient is written in place; a later one gets a buffer of its own, which is
  // returned.
  int reserve_gradient(Value value, int now) {
    const int64_t floats = graph_.shape(value).size();
    if (gradient_buffer(value) != none) {
      extend(gradient_buffer(value), now);
      return reserve(floats, now);
    }
    gradient_buffer(value) = reserve(floats, now);
    if (!is_computed(value)) extend(gradient_buffer(value), end_of_time());
    return none;
  }

  float* memory(int buffer) const {
    return buffer == none ? nullptr : plan_.arena_.get() + buffers_[static_cast<size_t>(buffer)].offset;
  }
  std::span<float> span_of(int buffer) const {
    if (buffer == none) return {};
    return {memory(buffer), static_cast<size_t>(buffers_[static_cast<size_t>(buffer)].floats)};
  }

  void resolve() {
    for (int id = 0; id < graph_.value_count(); ++id) {
      const Value value{id};
      Tensor* tensor = graph_.tensor(value);
      plan_.values_.push_back({tensor ? tensor->data() : memory(value_buffer(value)), graph_.shape(value)});
      plan_.gradients_.push_back({memory(gradient_buffer(value)), graph_.shape(value)});
    }
    for (int i = 0; i < nodes_; ++i) resolve_step(i);
  }

  void resolve_step(int i) {
    const Node& each = node(i);
    Plan::Step& to = step(i);
    const Reserved& reserved = reserved_[static_cast<size_t>(i)];
    to.saved = span_of(reserved.saved);
    to.forward_scratch = span_of(reserved.forward_scratch);
    to.backward_scratch = span_of(reserved.backward_scratch);
    for (Value value : each.state) to.state.push_back({graph_.tensor(value)->data(), graph_.shape(value)});
    for (size_t k = 0; k < each.inputs.size(); ++k) {
      const Value input = each.inputs[k];
      to.inputs.push_back(plan_.values_[index(input)]);
      if (!to.runs_backward) continue;
      const View gradient =
          has_gradient_[index(input)] ? plan_.gradients_[index(input)] : View{nullptr, graph_.shape(input)};
      const int own = reserved.contributions[k];
      to.input_gradients.push_back(own == none ? gradient : View{memory(own), gradient.shape});
      to.sums.push_back(own == none ? View{} : gradient);
    }
  }

  Plan& plan_;
  const Graph& graph_;
  const PlanOptions& options_;
  const int nodes_;
  std::vector<char> has_gradient_;
  std::vector<Value> root_;
  std::vector<int> value_buffer_;
  std::vector<int> gradient_buffer_;
  std::vector<Reserved> reserved_;
  std::vector<Buffer> buffers_;
};

Plan::Plan(Graph graph, const PlanOptions& options) : graph_(std::move(graph)) {
  fuse(graph_, options.outputs);
  Planner(*this, options).run();
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
    step.backward_time = &profile.entry(name + ", backward");
    for (size_t k = 0; k < std::min<size_t>(2, step.input_gradients.size()); ++k)
      step.backward_flops += step.input_gradients[k].data ? step.flops : 0.0;
  }
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

void Plan::backward(ops::RandomKey random) {
  for (size_t i = steps_.size(); i-- > 0;) {
    const Node& node = graph_.nodes()[i];
    const Step& step = steps_[i];
    if (!step.runs_backward) continue;
    const ProfiledRun measured(step.backward_time, step.backward_flops);
    node.operation->backward({.inputs = step.inputs,
                              .output = values_[static_cast<size_t>(node.output.id)],
                              .output_gradient = gradients_[static_cast<size_t>(node.output.id)],
                              .input_gradients = step.input_gradients,
                              .saved = step.saved,
                              .scratch = step.backward_scratch,
                              .random = random});
    for (size_t k = 0; k < step.sums.size(); ++k) {
      if (step.sums[k].data != nullptr) ops::add_to(step.sums[k], step.input_gradients[k]);
    }
  }
}

}  // namespace antler::graph
