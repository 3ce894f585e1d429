// Adagrad and its kin: steps that shrink with all the gradients so far.
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/update_adagrad.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/update-inl.h"
#include "antler/ops/kernels/update.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

void adagrad(const WeightRun& run, const AdagradStep& step) {
  float* const accumulators = run.slots[0];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto gradient = hn::LoadU(d, run.gradient + i);
    const auto sum = hn::Add(hn::LoadU(d, accumulators + i), hn::Mul(gradient, gradient));
    hn::StoreU(sum, d, accumulators + i);
    subtract_from(d, run.weight + i,
                  over_root(d, hn::Mul(hn::Set(d, step.learning_rate), gradient),
                            hn::Add(sum, hn::Set(d, step.epsilon))));
  });
}

void adadelta(const WeightRun& run, const AdadeltaStep& step) {
  float* const gradients = run.slots[0];
  float* const changes = run.slots[1];
  for_each_run(run.count, [&](auto d, int64_t i) {
    const auto epsilon = hn::Set(d, step.epsilon);
    const auto gradient = hn::LoadU(d, run.gradient + i);
    const auto square =
        moving_average(d, gradients + i, hn::Mul(gradient, gradient), step.rho, step.rest_of_rho);
    const auto size = root(d, hn::Add(hn::LoadU(d, changes + i), epsilon));
    const auto change = over_root(d, hn::Mul(size, gradient), hn::Add(square, epsilon));
    moving_average(d, changes + i, hn::Mul(change, change), step.rho, step.rest_of_rho);
    subtract_from(d, run.weight + i, hn::Mul(hn::Set(d, step.learning_rate), change));
  });
}

// One element or a vector of them; `power` is x^-learning_rate_power.
template <typename Tag, typename Power>
HWY_INLINE void ftrl_at(Tag d, int64_t i, const WeightRun& run, const FtrlStep& step, const Power& power) {
  float* const accumulator = run.slots[0] + i;
  float* const linear = run.slots[1] + i;
  const auto learning_rate = hn::Set(d, step.learning_rate);
  const auto gradient = hn::LoadU(d, run.gradient + i);
  const auto weight = hn::LoadU(d, run.weight + i);

  const auto shrunk = hn::Add(gradient, hn::Mul(hn::Set(d, step.twice_l2_shrinkage), weight));
  const auto before = hn::LoadU(d, accumulator);
  const auto sum = hn::Add(before, hn::Mul(gradient, gradient));
  const auto powered = power(d, sum);
  const auto sigma = hn::Div(hn::Sub(powered, power(d, before)), learning_rate);
  const auto moved = hn::Add(hn::LoadU(d, linear), hn::Sub(shrunk, hn::Mul(sigma, weight)));
  const auto quadratic = hn::Add(hn::Div(powered, learning_rate), hn::Set(d, step.twice_l2));
  const auto clipped = hn::Min(hn::Max(moved, hn::Set(d, -step.l1)), hn::Set(d, step.l1));
  hn::StoreU(sum, d, accumulator);
  hn::StoreU(moved, d, linear);
  hn::StoreU(hn::Div(hn::Sub(clipped, moved), quadratic), d, run.weight + i);
}

void ftrl(const WeightRun& run, const FtrlStep& step) {
  if (step.learning_rate_power == -0.5F) {
    for_each_run(run.count, [&](auto d, int64_t i) {
      ftrl_at(d, i, run, step, [](auto, auto x) { return hn::Sqrt(x); });
    });
    return;
  }
  for_each_run<Lane>(run.count, [&](auto d, int64_t i) {
    ftrl_at(d, i, run, step, [&](auto tag, auto x) {
      return hn::Set(tag, std::pow(hn::GetLane(x), -step.learning_rate_power));
    });
  });
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(adagrad);
void adagrad(const WeightRun& run, const AdagradStep& step) {
  HWY_DYNAMIC_DISPATCH(adagrad)(run, step);
}

HWY_EXPORT(adadelta);
void adadelta(const WeightRun& run, const AdadeltaStep& step) {
  HWY_DYNAMIC_DISPATCH(adadelta)(run, step);
}

HWY_EXPORT(ftrl);
void ftrl(const WeightRun& run, const FtrlStep& step) {
  HWY_DYNAMIC_DISPATCH(ftrl)(run, step);
}

}  // namespace antler::ops::kernels
#endif
