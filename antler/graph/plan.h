// A graph made ready to run: neighbours fused, all memory laid out in one arena, forward and backward in
// order.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "antler/core/profile.h"
#include "antler/graph/graph.h"

namespace antler::graph {

/// What a plan must provide beside the values its operations need.
struct PlanOptions {
  /// Values to be read after forward(): predictions, losses.
  std::vector<Value> outputs;
  /// Values from whose gradients backward() starts; each must be among `outputs`. None: a plan for inference.
  std::vector<Value> seeds;
  /// Without seeds: the weights stay as they are at the first run, so that later ones may read them in the
  /// kernels' own layouts, as prepare() has made them.
  bool weights_stay = false;
  /// With seeds: gradients of large parameters may be handed over piece by piece, see Plan::backward(), and
  /// are then not to be read.
  bool gradients_in_pieces = false;
};

/// Takes elements `first` on of a parameter's gradient, on whichever thread computed them. From then on
/// nobody reads these elements of the parameter.
using TakeParameterGradient =
    FunctionRef<void(Value parameter, int64_t first, std::span<const float> gradient)>;

/// Runs a graph step after step without allocating. Not copyable; not for two threads at once.
class Plan {
 public:
  Plan(Graph graph, const PlanOptions& options);
  Plan(Plan&&) noexcept = default;
  Plan& operator=(Plan&&) noexcept = default;

  /// Lets a graph input read `data`, which must hold the input's shape and stay until the step is over.
  void bind(Value input, const float* data);
  /// Every input must be bound; throws Error when one is not.
  void forward(ops::RandomKey random);
  /// Brings the weights into the kernels' own layouts, where they stay; otherwise the second forward() does.
  void prepare();
  /// Reads the weights where `other`, a plan of the same graph, has prepared them.
  void share_prepared(const Plan& other) { prepared_ = other.prepared_; }

  /// After forward() with the same key, and after gradient(seed) was filled for each seed. `take` is for
  /// plans with gradients_in_pieces, and may change the parameters.
  void backward(ops::RandomKey random, TakeParameterGradient take = {});

  ConstView value(Value value) const { return values_.at(static_cast<size_t>(value.id)); }
  /// The gradient of a seed, to be filled, or of a trainable parameter, to be read after backward(); null
  /// data where there is none: the parameter is frozen, the seeds do not depend on it, or it comes in pieces.
  View gradient(Value value) const { return gradients_.at(static_cast<size_t>(value.id)); }

  bool comes_in_pieces(Value parameter) const;

  /// From now on the time of each operation goes there, forward and backward apart; `profile` must stay.
  void measure(Profile& profile);

  /// The graph as it runs, after fusion.
  const Graph& graph() const { return graph_; }
  /// Size of the arena: all activations, gradients and working memory.
  int64_t arena_floats() const { return arena_floats_; }

 private:
  friend class Planner;
  /// A node with the memory it works on.
  struct Step {
    bool runs_forward = true;
    bool runs_backward = false;
    std::span<float> saved;
    std::span<float> forward_scratch;
    std::span<float> backward_scratch;
    // A place in what prepare() makes.
    int64_t prepared_at = 0;
    int64_t prepared_floats = 0;
    std::vector<ConstView> inputs;
    std::vector<View> state;
    std::vector<View> input_gradients;
    /// Where to add input_gradients[i], which is then a buffer of its own; null data for a first
    /// contribution.
    std::vector<View> sums;
    /// The input whose gradient is handed over in pieces; it is a parameter.
    std::optional<size_t> in_pieces;
    Profile::Entry* forward_time = nullptr;
    Profile::Entry* backward_time = nullptr;
    double flops = 0.0;
    double backward_flops = 0.0;
  };
  void refresh_parameters();
  void repoint(Value value, float* data);
  std::span<float> prepared_of(const Step& step) const;

  Graph graph_;
  int64_t arena_floats_ = 0;
  int64_t prepared_floats_ = 0;
  int64_t runs_ = 0;
  AlignedFloats arena_;
  std::shared_ptr<float[]> prepared_;  // null until prepare()
  std::vector<ConstView> values_;
  std::vector<View> gradients_;
  std::vector<Step> steps_;
};

}  // namespace antler::graph
