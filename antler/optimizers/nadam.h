// Adam with Nesterov's momentum.
#pragma once

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

struct NadamOptions {
  LearningRate learning_rate = 0.001;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
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
/// Dozat 2015, with his schedule of momenta: mu_t = beta_1 * (1 - 0.5 * 0.96^t).
Optimizer Nadam(const NadamOptions& options = {});

}  // namespace antler::optimizers
