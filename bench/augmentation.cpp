// Augmentation of handwritten digits' size: items per second are images per second, of one thread.
#include "antler/data/augmentation.h"

#include <benchmark/benchmark.h>

#include <functional>
#include <string>

#include "antler/core/random.h"

namespace {

using antler::Batch;
using antler::BatchPlace;
using antler::RandomStream;
using antler::Tensor;

constexpr int64_t rows = 128;

Batch digits() {
  Batch batch{.x = {Tensor({rows, 28, 28, 1})}, .y = {Tensor({rows, 10})}};
  RandomStream(1, 1).fill_uniform(batch.x.front().span(), 0.0F, 1.0F);
  for (int64_t row = 0; row < rows; ++row) batch.y.front()[row * 10 + row % 10] = 1.0F;
  return batch;
}

void add(const std::string& name, const antler::augment::Change& change) {
  const auto body = [change](benchmark::State& state) {
    Batch batch = digits();
    BatchPlace place;
    for (auto _ : state) {
      batch = change(std::move(batch), place);
      ++place.number;
    }
    state.SetItemsProcessed(state.iterations() * rows);
  };
  benchmark::RegisterBenchmark(("augmentation/" + name).c_str(), body)->Unit(benchmark::kMillisecond);
}

const bool added = [] {
  using namespace antler::augment;
  add("affine",
      images({.rotation_degrees = 10, .shift_pixels = 2, .zoom = 0.1, .stretch = 0.1, .shear = 0.2}, 1));
  add("elastic", images({.elastic_alpha = 34}, 1));
  add("erasing", images({.erase_probability = 1}, 1));
  add("all of them", images({.rotation_degrees = 10,
                             .shift_pixels = 2,
                             .zoom = 0.1,
                             .stretch = 0.1,
                             .shear = 0.2,
                             .elastic_alpha = 34,
                             .erase_probability = 0.5},
                            1));
  add("mixup", mixup({}, 1));
  add("cutmix", cutmix({}, 1));
  return true;
}();

}  // namespace
