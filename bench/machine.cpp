// What the machine can do at best: the figures that all others are held against.
#include <benchmark/benchmark.h>

#include <vector>

#include "antler/core/parallel.h"

namespace {

using antler::parallel_for;
using antler::thread_count;

constexpr int chains = 24;  // enough independent sums to hide the latency of an FMA
constexpr int lanes = 16;

__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), noinline)) float multiply_add(
    int64_t rounds) {
  float sums[chains][lanes] = {};
  float factor[lanes];
  for (float& each : factor) each = 0.999F;
  for (int64_t round = 0; round < rounds; ++round) {
    for (auto& sum : sums) {
      for (int lane = 0; lane < lanes; ++lane) sum[lane] = sum[lane] * factor[lane] + 0.5F;
    }
  }
  float total = 0.0F;
  for (const auto& sum : sums) {
    for (float each : sum) total += each;
  }
  return total;
}

void fused_multiply_add_peak(benchmark::State& state) {
  constexpr int64_t rounds = 100'000;
  for (auto _ : state) {
    parallel_for(thread_count(), [](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) benchmark::DoNotOptimize(multiply_add(rounds));
    });
  }
  const double flops = 2.0 * chains * lanes * rounds * thread_count();
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
