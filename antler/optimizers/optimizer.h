// How gradients change weights: Keras's optimizers.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"
#include "antler/optimizers/shared_options.h"

namespace antler::optimizers {

/// How many tensors a rule may keep for each weight.
inline constexpr size_t max_slots = 4;

/// The update that a formula is asked for.
struct Moment {
  double learning_rate = 0.0;
  /// Counts from 1.
  int64_t iteration = 1;
  /// Which of how many weights it is.
  size_t weight = 0;
  size_t weights = 1;
};

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
  /// Numbers that Keras counts among its optimizer's variables, though they follow from how many updates
  /// there were: Nadam's product of momenta.
  virtual std::vector<float> derived_numbers(int64_t /*updates*/) const { return {}; }
  /// One update of one weight; `slots` in the order of slots(). Must not allocate.
  virtual void update(View weight, ConstView gradient, std::span<const View> slots,
                      const Moment& moment) const = 0;
  /// What Keras 2 (tf-keras 2.21) does under the same name; null where it does the same.
  virtual std::shared_ptr<const Rule> in_keras_2() const { return nullptr; }
};

/// What an optimizer has learned so far; saved with the model. The lists are empty before the first call of
/// apply(), their tensors in the order of the model's trainable weights.
struct State {
  /// Calls of apply().
  int64_t iterations = 0;
  /// slots[slot][weight].
  std::vector<std::vector<Tensor>> slots = {};
  /// Of the weights, with use_ema.
  std::vector<Tensor> averages = {};
  /// Sums of gradients since the last update, with gradient_accumulation_steps.
  std::vector<Tensor> accumulated_gradients = {};
};

/// A value. Built from a name ("rmsprop", "adam", ...: Keras's class names in any case), with Keras's
/// defaults, or by a function such as RMSprop().
class Optimizer {
 public:
  /// Throws Error for a name that antler does not have.
  Optimizer(const char* name);         // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Optimizer(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// Throws Error for options that Keras refuses.
  Optimizer(std::shared_ptr<const Rule> rule, SharedOptions options);
  /// From Keras's class name and config, of Keras 2 or 3. Throws Error for an unknown class or setting.
  static Optimizer from_config(const std::string& class_name, const Json& config);

  const Rule& rule() const { return *rule_; }
  const SharedOptions& options() const { return options_; }
  const std::string& name() const { return options_.name; }
  /// The current one, where it follows a schedule.
  double learning_rate() const { return options_.learning_rate.at(state_.iterations); }
  /// Throws Error when the learning rate follows a schedule, as in Keras.
  void set_learning_rate(double learning_rate);
  /// Keras 3's config, complete and in its order; the learning rate as float32 holds it.
  Json config() const;

  State& state() { return state_; }
  const State& state() const { return state_; }
  /// Whether the state has all that the optimizer remembers: from the first call of apply() on.
  bool is_built() const;
  bool accumulates_gradients() const { return calls_per_update() > 1; }
  /// How often the weights were updated: fewer times than apply() was called when gradients are accumulated.
  int64_t updates() const { return state_.iterations / calls_per_update(); }
  /// Takes the gradients of one step, updates all weights, and counts an iteration. The first call creates
  /// what is missing of the state; no later one allocates. Throws Error when weights, gradients and state do
  /// not fit together. A gradient without data: that weight has been updated in pieces.
  void apply(std::span<const View> weights, std::span<const ConstView> gradients);
  /// Whether a weight may be updated piece by piece before the other gradients are known: where these are
  /// neither clipped nor accumulated. Between begin_update() and apply(), update_piece() then updates
  /// elements `first` on of a weight, each once; calls for different elements may come from several threads.
  bool updates_in_pieces() const;
  void begin_update(std::span<const View> weights);
  void update_piece(size_t index, View weight, int64_t first, std::span<const float> gradient);
  /// Makes their averages the weights, with use_ema: Keras does so at the end of fit(). Throws Error when
  /// there are other weights than those that were averaged.
  void finalize_variable_values(std::span<const View> weights) const;
  /// Exchanges the weights with their averages, and lets the averages begin anew from the weights. Both throw
  /// Error without use_ema, too.
  void swap_averages(std::span<const View> weights);
  void begin_averages(std::span<const View> weights);

 private:
  int64_t calls_per_update() const;
  void update_from(std::span<const View> weights, std::span<Tensor> gradients);
  void update(size_t index, View weight, ConstView gradient);
  void update_averages(std::span<const View> weights);
  void check_averages_of(std::span<const View> weights) const;

  std::shared_ptr<const Rule> rule_;
  SharedOptions options_;
  State state_;
  std::vector<Tensor> clipped_;  // kept for its memory alone
};

/// Keras's class names of all optimizers that Optimizer::from_config() knows.
std::vector<std::string> optimizer_classes();

}  // namespace antler::optimizers
