// Steps over the root of the mean square.
#pragma once

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

struct RMSpropOptions {
  LearningRate learning_rate = 0.001;
  double rho = 0.9;
  double momentum = 0.0;
  double epsilon = 1e-7;
  bool centered = false;
  // As in SharedOptions:
  std::optional<double> weight_decay = {};
  std::optional<double> clipnorm = {};
  std::optional<double> clipvalue = {};
  std::optional<double> global_clipnorm = {};
  bool use_ema = false;
  double ema_momentum = 0.99;
  std::optional<int64_t> ema_overwrite_frequency = {};
  std::optional<double> loss_scale_factor = {};
  std::optional<int64_t> gradient_accumulation_steps = {};
  std::string name = {};
};
/// Hinton 2012: v = rho * v + (1 - rho) * g^2, w -= lr * g / sqrt(v + epsilon), as Keras 3 places the
/// epsilon.
Optimizer RMSprop(const RMSpropOptions& options = {});

}  // namespace antler::optimizers
