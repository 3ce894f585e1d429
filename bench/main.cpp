// antler_bench: operations and machine peaks under Google Benchmark; `antler_bench --read-csv FILE` prints
// the seconds that reading a table takes, as JSON.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <chrono>
#include <cstring>

#include "antler/data/csv.h"

namespace {

double seconds_to_read(const char* path) {
  const auto start = std::chrono::steady_clock::now();
  const antler::CsvTable table = antler::read_csv(path);
  benchmark::DoNotOptimize(table.values.data());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--read-csv") == 0) {
    seconds_to_read(argv[2]);  // once for the file cache
    fmt::print("{{\"read_s\": {}}}\n", seconds_to_read(argv[2]));
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
