// fit on a dataset whose stages change the samples.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "antler/data/augmentation.h"
#include "tests/callbacks/lambda.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

const FitOptions quiet{.batch_size = 16, .epochs = 3, .verbose = 0};

std::vector<float> all_weights(const Model& model) {
  std::vector<float> all;
  for (const Tensor& weight : model.get_weights())
    all.insert(all.end(), weight.span().begin(), weight.span().end());
  return all;
}

// A network for pictures of 6 x 6 that learns which half is brighter.
Sequential model_of_pictures() {
  set_random_seed(4);
  Sequential model;
  model.add(layers::Flatten({.input_shape = Shape{6, 6, 1}}));
  model.add(layers::Dense(2, {.activation = "softmax"}));
  model.compile(
      {.optimizer = optimizers::RMSprop({.learning_rate = 0.01}), .loss = "categorical_crossentropy"});
  return model;
}

Samples pictures(int64_t count) {
  Samples samples{Tensor({count, 6, 6, 1}), Tensor({count, 2})};
  RandomStream(5, 1).fill_uniform(samples.x.span(), 0.0F, 1.0F);
  for (int64_t i = 0; i < count; ++i) {
    samples.y[2 * i + i % 2] = 1.0F;
    for (int64_t at = 0; at < 18; ++at) samples.x[36 * i + 18 * (i % 2) + at] += 1.0F;
  }
  return samples;
}

Dataset augmented(const Samples& data) {
  return Dataset::from_tensor_slices(data.x, data.y)
      .shuffle(data.x.rows(), 7)
      .batch(16)
      .map(augment::images({.rotation_degrees = 10, .shift_pixels = 1, .elastic_alpha = 5}, 8))
      .map(augment::mixup({}, 9));
}

TEST(AugmentedFit, AugmentsTheSameInTheBackgroundAndOnTheTrainingsOwnThread) {
  const Dataset data = augmented(pictures(50));
  Sequential alone = model_of_pictures();
  const History expected = alone.fit(data, quiet);
  Sequential beside = model_of_pictures();
  EXPECT_EQ(beside.fit(data.prefetch(2), quiet).history, expected.history);
  EXPECT_EQ(all_weights(beside), all_weights(alone));
}

TEST(AugmentedFit, GoesOnBitForBitWithAugmentation) {
  const Dataset data = augmented(pictures(50)).prefetch(2);
  Sequential unbroken = model_of_pictures();
  const History expected = unbroken.fit(data, quiet);
  for (int64_t batches = 1; batches < 9; ++batches) {
    Sequential model = model_of_pictures();
    FitOptions cut = quiet;
    int64_t left = batches;
    cut.callbacks = {
        callbacks::lambda({.on_batch_end = [&](callbacks::Run& run, int64_t, const callbacks::Logs&) {
          run.cut = --left == 0;
        }})};
    EXPECT_TRUE(model.fit(data, cut).stopped);
    FitOptions rest = quiet;
    rest.resume = model.training_progress();
    EXPECT_EQ(model.fit(data, rest).history, expected.history) << batches;
    EXPECT_EQ(all_weights(model), all_weights(unbroken)) << batches;
  }
}

TEST(AugmentedFit, ReadsAheadOnAnotherThreadWhereTheDatasetPrefetches) {
  const Samples data = exclusive_or(160);
  const std::thread::id own = std::this_thread::get_id();
  std::atomic<int64_t> mapped = 0;
  const Dataset batches = Dataset::from_tensor_slices(data.x, data.y).batch(16);
  const Dataset watched = batches.map([&](Batch batch) {
    EXPECT_NE(std::this_thread::get_id(), own);
    ++mapped;
    return batch;
  });
  FitOptions options = quiet;
  options.epochs = 1;
  options.callbacks = {
      callbacks::lambda({.on_batch_end = [&](callbacks::Run&, int64_t batch, const callbacks::Logs&) {
        // One is trained on and three wait; whoever reads no further ahead never gets there.
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (mapped < std::min<int64_t>(batch + 4, 10) && std::chrono::steady_clock::now() < patience)
          std::this_thread::yield();
        EXPECT_GE(mapped, std::min<int64_t>(batch + 4, 10));
      }})};
  Sequential model = small_model(1);
  model.fit(watched.prefetch(3), options);
}

}  // namespace
}  // namespace antler
