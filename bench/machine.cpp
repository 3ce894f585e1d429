// What the machine can do at best: the figures that all others are held against.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

#include "antler/core/parallel.h"
#include "antler/ops/kernels/peak.h"

namespace {

using antler::parallel_for;
using antler::thread_count;

void fused_multiply_add_peak(benchmark::State& state) {
  double best = 0.0;
  for (auto _ : state) best = std::max(best, antler::ops::kernels::peak_flops());
  state.counters["flops"] = best;
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
