// antler_bench: operations and machine peaks under Google Benchmark. `antler_bench --read-csv FILE` and
// `antler_bench --predict MODEL X.npy ROWS` time what asked.h says.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "bench/asked.h"

namespace {

int run(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--read-csv") == 0) {
    antler::bench::serve_reading(argv[2]);
    return 0;
  }
  if (argc == 5 && std::strcmp(argv[1], "--predict") == 0) {
    antler::bench::serve_predictions(argv[2], argv[3], std::atoll(argv[4]));
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "antler_bench: {}\n", error.what());
    return 1;
  }
}
