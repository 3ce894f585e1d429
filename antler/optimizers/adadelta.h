// Steps in the size of the steps before.
#pragma once

#include "antler/optimizers/optimizer.h"

namespace antler::optimizers {

struct AdadeltaOptions {
  LearningRate learning_rate = 0.001;
  double rho = 0.95;
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
/// Zeiler 2012; with a learning rate of 1 it is the paper's.
Optimizer Adadelta(const AdadeltaOptions& options = {});

}  // namespace antler::optimizers
