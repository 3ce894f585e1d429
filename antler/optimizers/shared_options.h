// What every optimizer of Keras can be told, whatever its rule.
#pragma once

#include <optional>
#include <string>

#include "antler/core/settings.h"
#include "antler/optimizers/learning_rate.h"

namespace antler::optimizers {

/// Keras 3's, all off unless they are set. A step takes them in this order: gradients are accumulated, then
/// clipped; weights decay, are updated, and enter their averages.
///
/// The options of each optimizer name them again, as Keras's own classes do: C++20's designated initialisers
/// do not reach into a base, and `Adam({.learning_rate = 1e-3, .clipnorm = 0.5})` is to read as in Keras.
struct SharedOptions {
  /// A number, or a schedule: `.learning_rate = ExponentialDecay(0.1, 1000, 0.96)`.
  LearningRate learning_rate = 0.001;
  /// Before each update: w -= w * weight_decay * lr.
  std::optional<double> weight_decay = {};
  /// Scales the gradient of each weight so that its Euclidean norm is at most this. One of the three clips at
  /// most may be set.
  std::optional<double> clipnorm = {};
  /// Cuts each gradient's elements to [-clipvalue, clipvalue].
  std::optional<double> clipvalue = {};
  /// Scales all gradients so that their common norm is at most this.
  std::optional<double> global_clipnorm = {};
  /// Keeps moving averages of the weights: average = ema_momentum * average + (1 - ema_momentum) * w. They
  /// become the weights when fit() ends.
  bool use_ema = false;
  /// In [0, 1].
  double ema_momentum = 0.99;
  /// The averages become the weights after every so many updates as well.
  std::optional<int64_t> ema_overwrite_frequency = {};
  /// Keras multiplies the loss by this and divides the gradients by it again, for half precision's sake.
  /// antler's gradients are those of the loss itself, in float32: it is kept and saved, and changes nothing.
  std::optional<double> loss_scale_factor = {};
  /// At least 2: the weights are updated after every so many calls, by the mean of their gradients.
  std::optional<int64_t> gradient_accumulation_steps = {};
  /// Empty: the class name in Keras's spelling of names, "rm_sprop".
  std::string name = {};
};

/// The shared part of an optimizer's own options.
template <typename Options>
SharedOptions shared_options(const Options& options) {
  return {.learning_rate = options.learning_rate,
          .weight_decay = options.weight_decay,
          .clipnorm = options.clipnorm,
          .clipvalue = options.clipvalue,
          .global_clipnorm = options.global_clipnorm,
          .use_ema = options.use_ema,
          .ema_momentum = options.ema_momentum,
          .ema_overwrite_frequency = options.ema_overwrite_frequency,
          .loss_scale_factor = options.loss_scale_factor,
          .gradient_accumulation_steps = options.gradient_accumulation_steps,
          .name = options.name};
}

/// Throws Error for what Keras refuses; `optimizer` is the class name.
void check(const SharedOptions& options, const std::string& optimizer);

/// What "decay" stands for in a Keras 2 file: the learning rate falls as 1 / (1 + decay * updates); but for
/// Nadam it was about the momentum, and is ignored as Keras 3 does.
enum class OldDecay { of_learning_rate, of_momentum };

/// From a config of Keras 2 or 3; `usual` where it says nothing.
SharedOptions read_shared_options(Settings& settings, const SharedOptions& usual,
                                  OldDecay decay = OldDecay::of_learning_rate);

/// The part of Keras 3's config that all optimizers share, in Keras's order.
Json shared_config(const SharedOptions& options);

}  // namespace antler::optimizers
