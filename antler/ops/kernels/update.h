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

/// Slots: momentum; norm.
struct AdamaxStep {
  float learning_rate;
  /// 1 - beta_1^t, of the momentum's bias.
  float correction;
  /// 1 - beta_1.
  float rest_of_beta_1;
  float beta_2;
  float epsilon;
};
void adamax(const WeightRun& run, const AdamaxStep& step);

/// Slots: momentum; velocity.
struct NadamStep {
  float learning_rate;
  /// How much of the average and of the newest gradient make the step, both without their bias.
  float share_of_momentum;
  float share_of_gradient;
  /// 1 - beta_2^t, of the velocity's bias.
  float correction;
  float rest_of_beta_1;
  float rest_of_beta_2;
  float epsilon;
};
void nadam(const WeightRun& run, const NadamStep& step);

/// Slots: the sum of squared gradients.
struct AdagradStep {
  float learning_rate;
  float epsilon;
};
void adagrad(const WeightRun& run, const AdagradStep& step);

/// Slots: the averages of squared gradients and of squared changes.
struct AdadeltaStep {
  float learning_rate;
  float rho;
  float rest_of_rho;
  float epsilon;
};
void adadelta(const WeightRun& run, const AdadeltaStep& step);

/// Slots: momentum.
struct LionStep {
  float learning_rate;
  float beta_1;
  float rest_of_beta_1;
  float beta_2;
  float rest_of_beta_2;
};
void lion(const WeightRun& run, const LionStep& step);

/// Slots: the sum of squared gradients; Ftrl's linear part. Vectors for Keras's power of -0.5 alone.
struct FtrlStep {
  float learning_rate;
  float learning_rate_power;
  float l1;
  /// 2 * (l2 + beta / (2 * lr)).
  float twice_l2;
  float twice_l2_shrinkage;
};
void ftrl(const WeightRun& run, const FtrlStep& step);

}  // namespace antler::ops::kernels
