#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/optimizers.h"
#include "tests/core/threads.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using testing::Eq;
using testing::Pointwise;

// Winograd's tiles, normalised rows that are pooled, and dense layers wider than a panel.
Sequential reader_of_images() {
  set_random_seed(5);
  Sequential model;
  model.add(layers::Conv2D(24, {.kernel_size = 3, .input_shape = Shape{11, 11, 2}}));
  model.add(layers::Activation("relu"));
  model.add(layers::BatchNormalization({.axis = 1}));
  model.add(layers::MaxPool2D());
  model.add(layers::Conv2D(26, {.kernel_size = 3, .padding = "same", .activation = "relu"}));
  model.add(layers::Flatten());
  model.add(layers::Dense(150, {.activation = "tanh"}));
  model.add(layers::Dense(10, {.activation = "softmax"}));
  return model;
}

Tensor images(int64_t count) {
  Tensor x({count, 11, 11, 2});
  RandomStream(3, 2).fill_normal(x.span(), 0.0F, 1.0F);
  return x;
}

Tensor first_row(const Tensor& x) {
  return {x.shape().without_batch().with_batch(1), x.rows(0, 1).span()};
}

class BatchSize : public testing::TestWithParam<int64_t> {};
INSTANTIATE_TEST_SUITE_P(Predict, BatchSize, testing::Values(1, 2, 5, 16, 37));

TEST_P(BatchSize, DoesNotChangeABit) {
  Sequential model = reader_of_images();
  const Tensor x = images(38);
  const Tensor all = model.predict_on_batch(x);
  for (const int threads : {1, 3}) {
    const Threads set(threads);
    EXPECT_THAT(model.predict(x, {.batch_size = GetParam()}).span(), Pointwise(Eq(), all.span()));
  }
}

TEST(Predict, GivesTheSameToWhoeverWatchesIt) {
  Sequential model = reader_of_images();
  const Tensor x = images(38);
  const auto watcher = std::make_shared<callbacks::Callback>();
  EXPECT_THAT(model.predict(x, {.batch_size = 4, .callbacks = {watcher}}).span(),
              Pointwise(Eq(), model.predict(x, {.batch_size = 4}).span()));
}

// A model keeps the step of its last prediction; a copy plans its own.
class KeptStepTest : public testing::Test {
 protected:
  void expect_as_of_a_copy() {
    Sequential copy = model;
    EXPECT_THAT(model.predict(x).span(), Pointwise(Eq(), copy.predict(x).span()));
    EXPECT_THAT(model.predict(x).span(), testing::Not(Pointwise(Eq(), before.span())));
  }
  const Samples data = exclusive_or(8);
  Sequential model = small_model(1);
  const Tensor x = first_row(data.x);
  const Tensor before = model.predict(x);
};

TEST_F(KeptStepTest, SeesWhatTrainingHasChanged) {
  model.fit(data.x, data.y, {.verbose = 0});
  expect_as_of_a_copy();
}

TEST_F(KeptStepTest, SeesWeightsThatWereSet) {
  model.set_weights(small_model(2).get_weights());
  expect_as_of_a_copy();
}

TEST_F(KeptStepTest, SeesWeightsThatWereMovedIn) {
  model.get_layer("dense").weights()[0]->value = Tensor({2, 16}, 0.25F);
  expect_as_of_a_copy();
}

TEST_F(KeptStepTest, SeesWeightsThatWereLoaded) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "kept_step.weights.h5";
  small_model(2).save_weights(file);
  model.load_weights(file);
  std::filesystem::remove(file);
  expect_as_of_a_copy();
}

TEST_F(KeptStepTest, SeesLayersThatCameAndWent) {
  model.add(layers::Activation("exponential"));
  expect_as_of_a_copy();
  model.pop();
  EXPECT_THAT(model.predict(x).span(), Pointwise(Eq(), before.span()));
}

TEST_F(KeptStepTest, IsPlannedAnewForOtherThreads) {
  const Threads set(3);
  EXPECT_THAT(model.predict(x).span(), Pointwise(Eq(), before.span()));
}

TEST_F(KeptStepTest, LetsSeveralThreadsPredictAtTheSameTime) {
  std::vector<Tensor> results(4);
  std::vector<std::thread> threads;
  for (Tensor& result : results) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) result = model.predict(x);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Tensor& result : results) EXPECT_THAT(result.span(), Pointwise(Eq(), before.span()));
}

}  // namespace
}  // namespace antler
