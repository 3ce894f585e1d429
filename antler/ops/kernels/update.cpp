#include "antler/ops/kernels/update.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/update.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/update-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

void sgd_plain(const WeightRun& run, float learning_rate) {
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto gradient = hn::LoadU(d, run.gradient + i);
    subtract_from(d, run.weight + i, hn::Mul(gradient, hn::Set(d, learning_rate)));
  });
}

void sgd_momentum(const WeightRun& run, const SgdStep& step) {
  float* const velocities = run.slots[0];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto momentum = hn::Set(d, step.momentum);
    const auto move = hn::Mul(hn::LoadU(d, run.gradient + i), hn::Set(d, step.learning_rate));
    const auto velocity = hn::Sub(hn::Mul(hn::LoadU(d, velocities + i), momentum), move);
    hn::StoreU(velocity, d, velocities + i);
    const auto change = step.nesterov ? hn::Sub(hn::Mul(velocity, momentum), move) : velocity;
    hn::StoreU(hn::Add(hn::LoadU(d, run.weight + i), change), d, run.weight + i);
  });
}

void sgd(const WeightRun& run, const SgdStep& step) {
  if (run.slots[0] == nullptr) {
    sgd_plain(run, step.learning_rate);
  } else {
    sgd_momentum(run, step);
  }
}

template <bool has_momentum, bool is_centered>
HWY_INLINE void rmsprop_form(const WeightRun& run, const RmspropStep& step) {
  float* velocity = run.slots[0];
  [[maybe_unused]] float* momentum = run.slots[1];
  [[maybe_unused]] float* average = run.slots[2];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto gradient = hn::LoadU(d, run.gradient + i);
    auto variance = moving_average(d, velocity + i, hn::Mul(gradient, gradient), step.rho, step.rest_of_rho);
    if constexpr (is_centered) {
      const auto mean = moving_average(d, average + i, gradient, step.rho, step.rest_of_rho);
      variance = hn::Sub(variance, hn::Mul(mean, mean));
    }
    auto change = over_root(d, hn::Mul(hn::Set(d, step.learning_rate), gradient),
                            hn::Add(variance, hn::Set(d, step.epsilon)));
    if constexpr (has_momentum) {
      const auto kept = hn::Mul(hn::Set(d, step.momentum), hn::LoadU(d, momentum + i));
      change = hn::Add(kept, change);
      hn::StoreU(change, d, momentum + i);
    }
    subtract_from(d, run.weight + i, change);
  });
}

void rmsprop(const WeightRun& run, const RmspropStep& step) {
  const bool has_momentum = run.slots[1] != nullptr;
  const bool is_centered = run.slots[2] != nullptr;
  if (has_momentum && is_centered) {
    rmsprop_form<true, true>(run, step);
  } else if (has_momentum) {
    rmsprop_form<true, false>(run, step);
  } else if (is_centered) {
    rmsprop_form<false, true>(run, step);
  } else {
    rmsprop_form<false, false>(run, step);
  }
}

// -1, 0 or 1; NaN stays NaN.
template <typename Tag>
HWY_INLINE hn::Vec<Tag> sign(Tag d, hn::Vec<Tag> value) {
  const auto zero = hn::Zero(d);
  const auto unless_negative = hn::IfThenElse(hn::Gt(value, zero), hn::Set(d, 1.0F), value);
  return hn::IfThenElse(hn::Lt(value, zero), hn::Set(d, -1.0F), unless_negative);
}

void lion(const WeightRun& run, const LionStep& step) {
  float* const momenta = run.slots[0];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto gradient = hn::LoadU(d, run.gradient + i);
    const auto direction = hn::Add(hn::Mul(hn::LoadU(d, momenta + i), hn::Set(d, step.beta_1)),
                                   hn::Mul(gradient, hn::Set(d, step.rest_of_beta_1)));
    subtract_from(d, run.weight + i, hn::Mul(hn::Set(d, step.learning_rate), sign(d, direction)));
    moving_average(d, momenta + i, gradient, step.beta_2, step.rest_of_beta_2);
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(sgd);
void sgd(const WeightRun& run, const SgdStep& step) {
  HWY_DYNAMIC_DISPATCH(sgd)(run, step);
}

HWY_EXPORT(rmsprop);
void rmsprop(const WeightRun& run, const RmspropStep& step) {
  HWY_DYNAMIC_DISPATCH(rmsprop)(run, step);
}

HWY_EXPORT(lion);
void lion(const WeightRun& run, const LionStep& step) {
  HWY_DYNAMIC_DISPATCH(lion)(run, step);
}

}  // namespace antler::ops::kernels
#endif
