// Trains on data that are made, or read, while training goes on: no more than a few batches are ever in
// memory.
#include <cstdio>
#include <exception>
#include <optional>

#include "antler/antler.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace {

constexpr int64_t batches = 50;  // an epoch
constexpr int64_t rows = 32;     // a batch

// Which half of the square has more light? A program of yours would read a file here, or a camera.
Batch batch_number(int64_t index) {
  Batch batch{.x = {Tensor({rows, 4})}, .y = {Tensor({rows, 1})}};
  RandomStream(1, stream_of("light"), static_cast<uint64_t>(index))
      .fill_uniform(batch.x[0].span(), 0.0F, 1.0F);
  for (int64_t i = 0; i < rows; ++i) {
    const float* light = batch.x[0].data() + 4 * i;
    batch.y[0][i] = light[0] + light[1] > light[2] + light[3] ? 1.0F : 0.0F;
  }
  return batch;
}

void run() {
  set_random_seed(1);
  // Each pass over the data begins by asking for a function that gives batch after batch, and nothing at the
  // end.
  const Dataset data = Dataset::from_generator([] {
    return [next = int64_t{0}]() mutable {
      return next < batches ? std::optional(batch_number(next++)) : std::nullopt;
    };
  });

  Sequential model({Input({4}), Dense(1, {.activation = "sigmoid"})});
  model.compile(
      {.optimizer = Adam({.learning_rate = 0.05F}), .loss = "binary_crossentropy", .metrics = {"accuracy"}});
  const History history = model.fit(data.shuffle(8, 1).prefetch(2), {.epochs = 4, .verbose = 2});
  std::printf("accuracy %.2f after %zu epochs\n", history["accuracy"].back(), history.epoch.size());
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "streaming: %s\n", error.what());
    return 1;
  }
}
