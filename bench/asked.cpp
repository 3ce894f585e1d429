#include "bench/asked.h"

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <set>
#include <vector>

#include "antler/data/csv.h"
#include "antler/data/npy.h"
#include "antler/saving/saving.h"

namespace antler::bench {

void serve(const std::function<void(int64_t)>& warm_up, const std::function<void(int64_t)>& work) {
  using Clock = std::chrono::steady_clock;
  std::set<int64_t> seen;
  for (int64_t batch_size = 0; std::cin >> batch_size;) {
    if (seen.insert(batch_size).second) warm_up(batch_size);
    const Clock::time_point start = Clock::now();
    work(batch_size);
    fmt::print("{{\"seconds\": {}}}\n", std::chrono::duration<double>(Clock::now() - start).count());
    std::fflush(stdout);
  }
}

void serve_reading(const char* path) {
  const auto read = [path](int64_t) {
    const CsvTable table = read_csv(path);
    benchmark::DoNotOptimize(table.values.data());
  };
  serve(read, read);
}

void serve_predictions(const char* model_path, const char* x_path, int64_t one) {
  Model model = load_model(model_path);
  const Tensor x = read_npy(x_path);
  const int64_t row_size = x.size() / x.shape()[0];
  std::vector<Tensor> rows;
  for (int64_t row = 0; row < std::min(one, x.shape()[0]); ++row) {
    Shape shape = x.shape();
    shape[0] = 1;
    rows.push_back(Tensor::uninitialized(shape));
    std::copy_n(x.data() + row * row_size, row_size, rows.back().data());
  }
  const auto work = [&](int64_t batch_size) {
    if (batch_size != 1) {
      benchmark::DoNotOptimize(model.predict(x, {.batch_size = batch_size}).data());
      return;
    }
    for (const Tensor& row : rows) benchmark::DoNotOptimize(model.predict(row, {.batch_size = 1}).data());
  };
  serve(work, work);
}

}  // namespace antler::bench
