// tensorboard_run LOG_DIR: trains a small model with a TensorBoard callback and prints its History as JSON,
// for tensorboard_test.py.
#include <cstdio>

#include "antler/antler.h"

int main(int argc, char** argv) {
  using namespace antler;
  if (argc != 2) return 2;
  set_random_seed(1);
  Tensor x({20, 2});
  RandomStream(1, 1).fill_normal(x.span(), 0.0F, 1.0F);
  Sequential model({layers::Dense(1, {.input_shape = Shape{2}})});
  model.compile({.optimizer = SGD(), .loss = "mse", .metrics = {"mae"}});
  const auto tensorboard = std::make_shared<callbacks::TensorBoard>(
      callbacks::TensorBoardOptions{.log_dir = argv[1], .histogram_freq = 1, .update_freq = 2});
  const History history = model.fit(
      x, Tensor({20, 1}, 1.0F),
      {.batch_size = 4, .epochs = 3, .verbose = 0, .callbacks = {tensorboard}, .validation_split = 0.2});
  std::puts(dump_json(history.to_json()).c_str());
}
