// Steps that shrink with the sum of all squared gradients.
#pragma once

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

struct AdagradOptions {
  LearningRate learning_rate = 0.001;
  double initial_accumulator_value = 0.1;
  double epsilon = 1e-7;
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
/// Duchi et al. 2011: a += g^2, w -= lr * g / sqrt(a + epsilon). Throws Error when initial_accumulator_value
/// is negative.
Optimizer Adagrad(const AdagradOptions& options = {});

}  // namespace antler::optimizers
