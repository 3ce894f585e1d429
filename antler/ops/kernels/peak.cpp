#include "antler/ops/kernels/peak.h"

#include <algorithm>
#include <chrono>

#include "antler/core/parallel.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/ops/kernels/peak.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/ops/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::ops::kernels::HWY_NAMESPACE {

// Sums that do not wait for each other, enough of them to hide the latency of a multiply-add, in registers
// all the time. Returns the operations made; `sink` keeps the compiler from leaving them out.
int64_t multiply_adds(int64_t rounds, float& sink) {
  constexpr int chains = 12;
  Vector sums[chains];
  for (int i = 0; i < chains; ++i) sums[i] = constant(static_cast<float>(i));
  const Vector factor = constant(0.999F);
  const Vector term = constant(sink);
  for (int64_t round = 0; round < rounds; ++round) {
    for (int i = 0; i < chains; ++i) sums[i] = hn::MulAdd(sums[i], factor, term);
  }
  Vector total = sums[0];
  for (int i = 1; i < chains; ++i) total = hn::Add(total, sums[i]);
  sink = hn::GetLane(total);
  return 2 * chains * static_cast<int64_t>(hn::Lanes(Floats())) * rounds;
}

}  // namespace antler::ops::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::ops::kernels {

HWY_EXPORT(multiply_adds);

double peak_flops() {
  using Clock = std::chrono::steady_clock;
  constexpr int64_t rounds = 50'000;
  double best = 0.0;
  for (int attempt = 0; attempt < 20; ++attempt) {
    int64_t flops = 0;
    const auto start = Clock::now();
    parallel_for(thread_count(), [&](int64_t, int64_t, int thread) {
      float sink = 0.5F;
      const int64_t made = HWY_DYNAMIC_DISPATCH(multiply_adds)(rounds, sink);
      if (thread == 0) flops = made * thread_count();
    });
    best = std::max(best,
                    static_cast<double>(flops) / std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best;
}

}  // namespace antler::ops::kernels
#endif
