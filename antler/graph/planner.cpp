#include "antler/graph/planner.h"

#include <algorithm>

#include "antler/graph/arena.h"

namespace antler::graph {

// Time runs over the nodes forward, then over the same nodes backward: node i runs at i and,
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
    plan_.prepared_floats_ += whole_lines(step(i).prepared_floats);
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
    step(i).in_pieces = in_pieces(i);
    for (size_t k = 0; k < each.inputs.size(); ++k) {
      const Value input = each.inputs[k];
      if (operation.backward_reads_input(k)) extend(value_buffer(input), now);
      const bool is_kept = has_gradient_[index(input)] && step(i).in_pieces != k;
      reserved.contributions.push_back(is_kept ? reserve_gradient(input, now) : none);
    }
  }

  // The input of a node whose gradient nobody needs to keep: it is made here alone, of a parameter so large
  // that it would have left the caches before the parameter is updated.
  std::optional<size_t> in_pieces(int i) const {
    constexpr int64_t large = 1 << 16;
    const std::optional<size_t> input = node(i).operation->gradient_in_pieces();
    if (!options_.gradients_in_pieces || !input) return std::nullopt;
    const Value value = node(i).inputs[*input];
    const bool is_large_parameter = graph_.is_trainable(value) && graph_.shape(value).size() >= large;
    return is_large_parameter && graph_.uses(value) == 1 ? input : std::nullopt;
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

void lay_out(Plan& plan, const PlanOptions& options) {
  Planner(plan, options).run();
}

}  // namespace antler::graph
