// The loops of optimizers, for the processor at hand. Each runs on the calling thread alone.
#pragma once

#include <array>
#include <cstdint>

namespace antler::ops::kernels {

/// A run of one weight's elements, its gradient, and what the optimizer remembers of them.
struct WeightRun {
  float* weight;
  const float* gradient;
  /// Null where the step does without.
  std::array<float*, 3> slots;
  int64_t count;
};

/// Slots: the velocity, without which momentum is none.
struct SgdStep {
  float learning_rate;
  float momentum;
  bool nesterov;
};
void sgd(const WeightRun& run, const SgdStep& step);

/// Slots: velocity; momentum; average gradient, of the centered form.
struct RmspropStep {
  float learning_rate;
  float rho;
  /// 1 - rho, rounded once, as Keras does.
  float rest_of_rho;
  float momentum;
  float epsilon;
};
void rmsprop(const WeightRun& run, const RmspropStep& step);

/// Slots: momentum; velocity; largest velocity, of AMSGrad.
struct AdamStep {
  /// The learning rate with the corrections of both averages' bias.
  float alpha;
  /// 1 - beta_1 and 1 - beta_2.
  float rest_of_beta_1;
  float rest_of_beta_2;
  float epsilon;
};
void adam(const WeightRun& run, const AdamStep& step);

}  // namespace antler::ops::kernels
