// What the machine can do at best: the figures that all others are held against.
#include <benchmark/benchmark.h>

#include <vector>

#include "antler/core/parallel.h"

namespace {

using antler::parallel_for;
using antler::thread_count;

// Sums that do not wait for each other, enough of them to hide the latency of a multiply-add, in registers
// all the time.
template <typename Vector, int chains>
[[gnu::always_inline]] inline float multiply_add(int64_t rounds) {
  Vector sums[chains];
  for (int i = 0; i < chains; ++i)
    sums[i] = Vector{} + static_cast<float>(i);  // alike, they would be computed once
  const Vector factor = Vector{} + 0.999F;
  const Vector term = Vector{} + 0.5F;
  for (int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 16
    for (int i = 0; i < chains; ++i) sums[i] = sums[i] * factor + term;
  }
  Vector total = sums[0];
  for (int i = 1; i < chains; ++i) total += sums[i];
  return total[0];
}

constexpr int chains = 12;
using Floats8 [[gnu::vector_size(32)]] = float;
using Floats16 [[gnu::vector_size(64)]] = float;

[[gnu::target("avx512f")]] float multiply_add_512(int64_t rounds) {
  return multiply_add<Floats16, chains>(rounds);
}
[[gnu::target("avx2,fma")]] float multiply_add_256(int64_t rounds) {
  return multiply_add<Floats8, chains>(rounds);
}

void fused_multiply_add_peak(benchmark::State& state) {
  constexpr int64_t rounds = 100'000;
  const bool wide = __builtin_cpu_supports("avx512f") != 0;
  for (auto _ : state) {
    parallel_for(thread_count(), [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) {
        benchmark::DoNotOptimize(wide ? multiply_add_512(rounds) : multiply_add_256(rounds));
      }
    });
  }
  const double flops = 2.0 * chains * (wide ? 16 : 8) * rounds * thread_count();
  state.counters["flops"] = benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(fused_multiply_add_peak)
    ->Name("peak of fused multiply-adds")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void memory_bandwidth(benchmark::State& state) {
  constexpr int64_t count = 32 << 20;
  std::vector<float> a(count, 1.0F);
  std::vector<float> b(count, 2.0F);
  for (auto _ : state) {
    parallel_for(count, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) a[static_cast<size_t>(i)] += 0.5F * b[static_cast<size_t>(i)];
    });
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * count * 3 * static_cast<int64_t>(sizeof(float)));
}
BENCHMARK(memory_bandwidth)->Name("memory bandwidth")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
