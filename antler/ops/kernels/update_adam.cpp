// Adam and its kin: an average of gradients, over something that tells their size.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/update_adam.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/update-inl.h"
#include "antler/ops/kernels/update.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

void adam(const WeightRun& run, const AdamStep& step) {
  const auto [momenta, velocities, largest] = run.slots;
  for_each_run(
      run.count, [&, momenta = momenta, velocities = velocities, largest = largest](auto d, int64_t i) {
        const auto gradient = hn::LoadU(d, run.gradient + i);
        const auto momentum = approach(d, momenta + i, gradient, step.rest_of_beta_1);
        auto velocity = approach(d, velocities + i, hn::Mul(gradient, gradient), step.rest_of_beta_2);
        if (largest != nullptr) {
          velocity = hn::Max(hn::LoadU(d, largest + i), velocity);
          hn::StoreU(velocity, d, largest + i);
        }
        const auto size = hn::Add(root(d, velocity), hn::Set(d, step.epsilon));
        subtract_from(d, run.weight + i, hn::Div(hn::Mul(momentum, hn::Set(d, step.alpha)), size));
      });
}

void adamax(const WeightRun& run, const AdamaxStep& step) {
  float* const momenta = run.slots[0];
  float* const norms = run.slots[1];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto gradient = hn::LoadU(d, run.gradient + i);
    const auto momentum = approach(d, momenta + i, gradient, step.rest_of_beta_1);
    const auto norm = hn::Max(hn::Mul(hn::Set(d, step.beta_2), hn::LoadU(d, norms + i)), hn::Abs(gradient));
    hn::StoreU(norm, d, norms + i);
    const auto size = hn::Mul(hn::Set(d, step.correction), hn::Add(norm, hn::Set(d, step.epsilon)));
    subtract_from(d, run.weight + i, hn::Div(hn::Mul(hn::Set(d, step.learning_rate), momentum), size));
  });
}

void nadam(const WeightRun& run, const NadamStep& step) {
  float* const momenta = run.slots[0];
  float* const velocities = run.slots[1];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto gradient = hn::LoadU(d, run.gradient + i);
    const auto momentum = approach(d, momenta + i, gradient, step.rest_of_beta_1);
    const auto velocity = approach(d, velocities + i, hn::Mul(gradient, gradient), step.rest_of_beta_2);
    const auto ahead = hn::Add(hn::Mul(hn::Set(d, step.share_of_momentum), momentum),
                               hn::Mul(hn::Set(d, step.share_of_gradient), gradient));
    const auto size =
        hn::Add(root(d, hn::Div(velocity, hn::Set(d, step.correction))), hn::Set(d, step.epsilon));
    subtract_from(d, run.weight + i, hn::Div(hn::Mul(ahead, hn::Set(d, step.learning_rate)), size));
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(adam);
void adam(const WeightRun& run, const AdamStep& step) {
  HWY_DYNAMIC_DISPATCH(adam)(run, step);
}

HWY_EXPORT(adamax);
void adamax(const WeightRun& run, const AdamaxStep& step) {
  HWY_DYNAMIC_DISPATCH(adamax)(run, step);
}

HWY_EXPORT(nadam);
void nadam(const WeightRun& run, const NadamStep& step) {
  HWY_DYNAMIC_DISPATCH(nadam)(run, step);
}

}  // namespace antler::ops::kernels
#endif
