// Stochastic gradient descent.
#pragma once

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

struct SGDOptions {
  LearningRate learning_rate = 0.01;
  double momentum = 0.0;
  bool nesterov = false;
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
/// w -= lr * g; with momentum: v = momentum * v - lr * g, w += v (nesterov: w += momentum * v - lr * g).
/// Throws Error unless momentum is in [0, 1].
Optimizer SGD(const SGDOptions& options = {});

}  // namespace antler::optimizers
