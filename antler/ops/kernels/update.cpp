#include "antler/ops/kernels/update.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/update.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Calls body(tag, i) for i in steps of a vector, then of one lane.
template <typename Body>
HWY_INLINE void for_each_run(int64_t count, const Body& body) {
  const hn::ScalableTag<float> wide;
  const hn::CappedTag<float, 1> narrow;
  const auto lanes = static_cast<int64_t>(hn::Lanes(wide));
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) body(wide, i);
  for (; i < count; ++i) body(narrow, i);
}

template <typename Tag>
HWY_INLINE void subtract_from(Tag d, float* values, hn::Vec<Tag> amount) {
  hn::StoreU(hn::Sub(hn::LoadU(d, values), amount), d, values);
}

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

// rho * average + (1 - rho) * value, which becomes the average.
template <typename Tag>
HWY_INLINE hn::Vec<Tag> moving_average(Tag d, float* average, hn::Vec<Tag> value, const RmspropStep& step) {
  const auto moved = hn::Add(hn::Mul(hn::Set(d, step.rho), hn::LoadU(d, average)),
                             hn::Mul(hn::Set(d, step.rest_of_rho), value));
  hn::StoreU(moved, d, average);
  return moved;
}

template <bool has_momentum, bool is_centered>
HWY_INLINE void rmsprop_form(const WeightRun& run, const RmspropStep& step) {
  float* velocity = run.slots[0];
  [[maybe_unused]] float* momentum = run.slots[1];
  [[maybe_unused]] float* average = run.slots[2];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto gradient = hn::LoadU(d, run.gradient + i);
    auto variance = moving_average(d, velocity + i, hn::Mul(gradient, gradient), step);
    if constexpr (is_centered) {
      const auto mean = moving_average(d, average + i, gradient, step);
      variance = hn::Sub(variance, hn::Mul(mean, mean));
    }
    const auto root = hn::Sqrt(hn::Add(variance, hn::Set(d, step.epsilon)));
    auto change = hn::Div(hn::Mul(hn::Set(d, step.learning_rate), gradient), root);
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

// average + (value - average) * rest, which becomes the average.
template <typename Tag>
HWY_INLINE hn::Vec<Tag> approach(Tag d, float* average, hn::Vec<Tag> value, float rest) {
  const auto old = hn::LoadU(d, average);
  const auto moved = hn::Add(old, hn::Mul(hn::Sub(value, old), hn::Set(d, rest)));
  hn::StoreU(moved, d, average);
  return moved;
}

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
        const auto root = hn::Add(hn::Sqrt(velocity), hn::Set(d, step.epsilon));
        subtract_from(d, run.weight + i, hn::Div(hn::Mul(momentum, hn::Set(d, step.alpha)), root));
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

HWY_EXPORT(adam);
void adam(const WeightRun& run, const AdamStep& step) {
  HWY_DYNAMIC_DISPATCH(adam)(run, step);
}

}  // namespace antler::ops::kernels
#endif
