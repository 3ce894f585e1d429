// How gradients change weights: Keras's optimizers.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::optimizers {

/// How many tensors a rule may keep for each weight.
inline constexpr size_t max_slots = 4;

/// The formula of an optimizer. Stateless: what it remembers of each weight is in slots that are handed in.
class Rule {
 public:
  virtual ~Rule() = default;
  /// Keras's class name: "RMSprop".
  virtual std::string class_name() const = 0;
  /// The class's own part of Keras 3's config: what follows the settings that all optimizers share.
  virtual Json config() const = 0;
  /// Keras 3's names of the tensors kept for each weight, in Keras's order ("velocity"), all of the weight's
  /// shape; at most `max_slots`.
  virtual std::vector<std::string> slots() const = 0;
  /// What a slot starts with.
  virtual float initial_slot_value(size_t /*slot*/) const { return 0.0F; }
  /// One update of one weight; `slots` in the order of slots(). `iteration` counts from 1. Must not allocate.
  virtual void update(View weight, ConstView gradient, std::span<const View> slots, double learning_rate,
                      int64_t iteration) const = 0;
};

/// What an optimizer has learned so far; saved with the model.
struct State {
  int64_t iterations = 0;
  /// slots[slot][weight], weights in the order of the model's trainable weights. Empty before the first
  /// update.
  std::vector<std::vector<Tensor>> slots;
};

/// A value. Built from a name ("rmsprop", "adam", "sgd"), with Keras's defaults, or by a function such as
/// RMSprop().
class Optimizer {
 public:
  /// Throws Error for a name that antler does not have.
  Optimizer(const char* name);         // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Optimizer(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// An empty `name` becomes the class name in Keras's spelling of names: "rm_sprop".
  Optimizer(std::shared_ptr<const Rule> rule, double learning_rate, std::string name = "");
  /// From Keras's class name and config, of Keras 2 or 3. Throws Error for an unknown class or setting, and
  /// for one that antler cannot honour, such as clipping or a learning rate schedule.
  static Optimizer from_config(const std::string& class_name, const Json& config);

  const Rule& rule() const { return *rule_; }
  const std::string& name() const { return name_; }
  double learning_rate() const { return learning_rate_; }
  void set_learning_rate(double learning_rate) { learning_rate_ = learning_rate; }
  /// Keras 3's config, complete and in its order; the learning rate as float32 holds it.
  Json config() const;

  State& state() { return state_; }
  const State& state() const { return state_; }
  /// Updates all weights once and counts an iteration. The first call creates the slots; no later one
  /// allocates. Throws Error when weights, gradients and slots do not fit together.
  void apply(std::span<const View> weights, std::span<const ConstView> gradients);

 private:
  std::shared_ptr<const Rule> rule_;
  double learning_rate_;
  std::string name_;
  State state_;
};

/// Keras's class names of all optimizers that Optimizer::from_config() knows.
std::vector<std::string> optimizer_classes();

struct SGDOptions {
  double learning_rate = 0.01;
  double momentum = 0.0;
  bool nesterov = false;
};
/// w -= lr * g; with momentum: v = momentum * v - lr * g, w += v (nesterov: w += momentum * v - lr * g).
/// Throws Error unless momentum is in [0, 1].
Optimizer SGD(const SGDOptions& options = {});

struct RMSpropOptions {
  double learning_rate = 0.001;
  double rho = 0.9;
  double momentum = 0.0;
  double epsilon = 1e-7;
  bool centered = false;
};
/// Hinton 2012: v = rho * v + (1 - rho) * g^2, w -= lr * g / sqrt(v + epsilon), as Keras 3 places the
/// epsilon.
Optimizer RMSprop(const RMSpropOptions& options = {});

struct AdamOptions {
  double learning_rate = 0.001;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  double epsilon = 1e-7;
  bool amsgrad = false;
};
/// Kingma and Ba 2014; amsgrad: Reddi et al. 2018.
Optimizer Adam(const AdamOptions& options = {});

}  // namespace antler::optimizers
