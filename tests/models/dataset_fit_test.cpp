// fit, evaluate and predict on datasets.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/callbacks/lambda.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using testing::HasSubstr;

std::vector<float> all_weights(const Model& model) {
  std::vector<float> all;
  for (const Tensor& weight : model.get_weights())
    all.insert(all.end(), weight.span().begin(), weight.span().end());
  return all;
}

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

Dataset dataset_of(const Samples& data, int64_t batch_size) {
  return Dataset::from_tensor_slices(data.x, data.y).batch(batch_size);
}

const FitOptions quiet{.batch_size = 16, .epochs = 3, .verbose = 0, .shuffle = false};

TEST(DatasetFit, TrainsBitForBitAsOnTensors) {
  const Samples data = exclusive_or(70);
  Sequential on_tensors = small_model(1);
  const History expected = on_tensors.fit(data.x, data.y, quiet);
  Sequential on_dataset = small_model(1);
  EXPECT_EQ(on_dataset.fit(dataset_of(data, 16).prefetch(2), quiet).history, expected.history);
  EXPECT_EQ(all_weights(on_dataset), all_weights(on_tensors));
}

TEST(DatasetFit, BuildsAModelThatDoesNotKnowItsInputs) {
  const Samples data = exclusive_or(20);
  Sequential model({layers::Dense(2, {.activation = "softmax"})});
  model.compile({.loss = "categorical_crossentropy"});
  model.fit(dataset_of(data, 8), quiet);
  EXPECT_EQ(model.input_shape(), Shape({Shape::unknown, 2}));
}

TEST(DatasetFit, WeighsSamplesAndClasses) {
  const Samples data = exclusive_or(40);
  FitOptions by_class = quiet;
  by_class.class_weight = {{1, 4.0}};
  Tensor weights({40}, 1.0F);
  for (int64_t i = 0; i < 40; ++i) {
    if (data.y[2 * i + 1] == 1.0F) weights[i] = 4.0F;
  }
  Sequential on_tensors = small_model(1);
  const History expected = on_tensors.fit(data.x, data.y, by_class);
  Sequential one = small_model(1);
  EXPECT_EQ(one.fit(dataset_of(data, 16), by_class).history, expected.history);
  Sequential other = small_model(1);
  const Dataset weighted = Dataset::from_tensor_slices(data.x, data.y, weights).batch(16);
  EXPECT_EQ(other.fit(weighted, quiet).history, expected.history);
  EXPECT_THAT(error_of([&] { other.fit(weighted, by_class); }), HasSubstr("both"));
}

TEST(DatasetFit, ValidatesOnADataset) {
  const Samples data = exclusive_or(40);
  FitOptions tensors = quiet;
  tensors.validation_data = ValidationData{data.x, data.y};
  Sequential one = small_model(1);
  const History expected = one.fit(data.x, data.y, tensors);
  FitOptions streamed = quiet;
  streamed.validation_data = dataset_of(data, 16);
  Sequential other = small_model(1);
  EXPECT_EQ(other.fit(dataset_of(data, 16), streamed).history, expected.history);
}

TEST(DatasetFit, GoesOnBitForBitAfterBeingCutAnywhere) {
  const Samples data = exclusive_or(50);
  const Dataset dataset = Dataset::from_tensor_slices(data.x, data.y).shuffle(50, 7).batch(16).prefetch(2);
  for (const int64_t steps : {int64_t{0}, int64_t{3}}) {
    FitOptions options = quiet;
    options.steps_per_epoch = steps;
    Sequential unbroken = small_model(9);
    const History expected = unbroken.fit(dataset, options);
    for (int64_t batches = 1; batches < 7; ++batches) {
      Sequential model = small_model(9);
      FitOptions cut = options;
      int64_t left = batches;
      cut.callbacks = {
          callbacks::lambda({.on_batch_end = [&](callbacks::Run& run, int64_t, const callbacks::Logs&) {
            run.cut = --left == 0;
          }})};
      EXPECT_TRUE(model.fit(dataset, cut).stopped);
      FitOptions rest = options;
      rest.resume = model.training_progress();
      EXPECT_EQ(model.fit(dataset, rest).history, expected.history) << batches << " batches of " << steps;
      EXPECT_EQ(all_weights(model), all_weights(unbroken)) << batches << " batches of " << steps;
    }
  }
}

TEST(DatasetFit, TakesAsManyStepsAnEpochAsAskedFor) {
  const Samples data = exclusive_or(20);
  Sequential model = small_model(1);
  FitOptions options = quiet;
  options.steps_per_epoch = 7;
  model.fit(dataset_of(data, 4).repeat(), options);
  EXPECT_EQ(model.optimizer().state().iterations, 21);
  EXPECT_THAT(error_of([&] { model.fit(dataset_of(data, 4).repeat(), quiet); }),
              HasSubstr("steps_per_epoch"));
}

TEST(DatasetFit, EndsAnEpochEarlyWithAWarningWhenDataRunOut) {
  const Samples data = exclusive_or(20);  // 5 batches: epochs of 3, 2 and 3
  Sequential model = small_model(1);
  FitOptions options = quiet;
  options.steps_per_epoch = 3;
  testing::internal::CaptureStderr();
  model.fit(dataset_of(data, 4), options);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("ran out of data"));
  EXPECT_EQ(model.optimizer().state().iterations, 8);
}

TEST(DatasetFit, ThrowsWhatTheDatasetThrows) {
  const Samples data = exclusive_or(20);
  const Dataset bad = dataset_of(data, 4).map([n = 0](Batch batch) mutable {
    if (++n == 3) throw Error("a file is gone");
    return batch;
  });
  Sequential model = small_model(1);
  EXPECT_EQ(error_of([&] { model.fit(bad.prefetch(1), quiet); }), "a file is gone");
}

TEST(DatasetFit, NamesTheBatchThatDoesNotFit) {
  Sequential model = small_model(1);
  const auto with_targets = [](int64_t width) {
    return Dataset::from_batches(3, [width](int64_t index) -> Batch {
      return {.x = {Tensor({4, 2})}, .y = {Tensor({4, index == 2 ? width : 2})}};
    });
  };
  EXPECT_EQ(
      error_of([&] { model.fit(with_targets(5), quiet); }),
      "batch 2 of the dataset: the targets have the shape (4, 5); those of the first batch have (4, 2)");
  EXPECT_THAT(error_of([&] {
                model.fit(Dataset::from_tensor_slices(Tensor({4, 3}), Tensor({4, 2})), quiet);
              }),
              HasSubstr("batch 0 of the dataset: the data have the shape (1, 3)"));
  EXPECT_THAT(error_of([&] {
                model.fit(Dataset::from_tensor_slices(Tensor({4, 2})), quiet);
              }),
              HasSubstr("targets for 0 outputs"));
  EXPECT_THAT(error_of([&] { model.fit(with_targets(2).take(0), quiet); }), HasSubstr("no batches"));
}

TEST(DatasetEvaluate, GivesTheSameAsOnTensors) {
  const Samples data = exclusive_or(20);
  Sequential model = small_model(1);
  const EvaluateOptions options{.batch_size = 8, .verbose = 0};
  EXPECT_EQ(model.evaluate(dataset_of(data, 8), options), model.evaluate(data.x, data.y, options));
}

TEST(DatasetPredict, GivesTheSameAsOnTensors) {
  const Samples data = exclusive_or(20);
  Sequential model = small_model(1);
  const Tensor expected = model.predict(data.x, {.batch_size = 8});
  const Tensor found = model.predict(Dataset::from_tensor_slices(data.x).batch(8));
  EXPECT_EQ(found.shape(), expected.shape());
  EXPECT_THAT(found.span(), testing::ElementsAreArray(expected.span()));
}

}  // namespace
}  // namespace antler
