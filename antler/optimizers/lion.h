// Steps of one size, in the direction of the momentum.
#pragma once

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

struct LionOptions {
  LearningRate learning_rate = 0.001;
  double beta_1 = 0.9;
  double beta_2 = 0.99;
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
/// Chen et al. 2023: w -= lr * sign(beta_1 * m + (1 - beta_1) * g), m = beta_2 * m + (1 - beta_2) * g. Throws
/// Error unless beta_1 is in (0, 1].
Optimizer Lion(const LionOptions& options = {});

}  // namespace antler::optimizers
