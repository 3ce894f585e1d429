// Keras's learning rate schedules, and one cycle of them. Each is a value that serves as an optimizer's
// learning rate:
//   SGD({.learning_rate = ExponentialDecay(0.1, 1000, 0.96)})
// `step` in the formulas is the number of updates so far. All throw Error unless the steps are above 0.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/optimizers/schedules/schedule.h"

namespace antler::optimizers {

struct ExponentialDecayOptions {
  /// Rounds step / decay_steps down.
  bool staircase = false;
  std::string name = "ExponentialDecay";
};
/// initial_learning_rate * decay_rate ^ (step / decay_steps).
Schedule ExponentialDecay(double initial_learning_rate, double decay_steps, double decay_rate,
                          const ExponentialDecayOptions& options = {});

struct InverseTimeDecayOptions {
  /// Rounds step / decay_steps down.
  bool staircase = false;
  std::string name = "InverseTimeDecay";
};
/// initial_learning_rate / (1 + decay_rate * step / decay_steps).
Schedule InverseTimeDecay(double initial_learning_rate, double decay_steps, double decay_rate,
                          const InverseTimeDecayOptions& options = {});

/// values[0] up to and with step boundaries[0], then values[1] up to and with boundaries[1], and so on.
/// Throws Error unless there is a boundary, and one value more than boundaries.
Schedule PiecewiseConstantDecay(const std::vector<double>& boundaries, std::vector<double> values,
                                const std::string& name = "PiecewiseConstant");

struct PolynomialDecayOptions {
  double end_learning_rate = 0.0001;
  double power = 1.0;
  /// Instead of staying at the end, starts anew from a lower rate, with decay_steps a multiple of itself.
  bool cycle = false;
  std::string name = "PolynomialDecay";
};
/// (initial_learning_rate - end_learning_rate) * (1 - step / decay_steps) ^ power + end_learning_rate.
Schedule PolynomialDecay(double initial_learning_rate, double decay_steps,
                         const PolynomialDecayOptions& options = {});

struct CosineDecayOptions {
  /// The share of the rate that is left at the end.
  double alpha = 0.0;
  std::string name = "CosineDecay";
  /// Where given, the rate first climbs from initial_learning_rate to this, in `warmup_steps` more steps.
  std::optional<double> warmup_target = {};
  double warmup_steps = 0;
};
/// Loshchilov and Hutter 2016: half a wave of the cosine.
Schedule CosineDecay(double initial_learning_rate, double decay_steps,
                     const CosineDecayOptions& options = {});

struct CosineDecayRestartsOptions {
  /// How much longer and how much lower each wave is than the one before.
  double t_mul = 2.0;
  double m_mul = 1.0;
  /// The share of the rate that is left at the end of a wave.
  double alpha = 0.0;
  std::string name = "SGDRDecay";
};
/// Loshchilov and Hutter 2016: half waves of the cosine, one after another.
Schedule CosineDecayRestarts(double initial_learning_rate, double first_decay_steps,
                             const CosineDecayRestartsOptions& options = {});

struct OneCycleOptions {
  /// The share of the steps in which the rate climbs.
  double warmup_share = 0.3;
  /// What the highest rate is divided by to begin with, and that once more at the end.
  double div_factor = 25.0;
  double final_div_factor = 1e4;
  std::string name = "CosineDecay";
};
/// Smith and Topin 2018, with the defaults of PyTorch's OneCycleLR: up to max_learning_rate, then down half a
/// wave of the cosine to nearly nothing. It is a CosineDecay that warms up, in a straight line, and so Keras
/// reads it from a model file. Throws Error, too, unless 0 <= warmup_share < 1 and both divisors are above 0.
Schedule OneCycle(double max_learning_rate, double total_steps, const OneCycleOptions& options = {});

}  // namespace antler::optimizers
