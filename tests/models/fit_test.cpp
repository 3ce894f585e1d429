#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<float> all_weights(const Model& model) {
  std::vector<float> all;
  for (const Tensor& weight : model.get_weights())
    all.insert(all.end(), weight.span().begin(), weight.span().end());
  return all;
}

// Cuts the run after a batch, counted over all epochs.
class CutAfter : public callbacks::Callback {
 public:
  explicit CutAfter(int64_t batches) : left_(batches) {}
  void on_batch_end(callbacks::Run& run, int64_t, const callbacks::Logs&) override {
    if (--left_ == 0) run.cut = true;
  }

 private:
  int64_t left_;
};

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

const FitOptions quiet{.batch_size = 16, .epochs = 3, .verbose = 0, .validation_split = 0.25};

TEST(Fit, LearnsWhatASingleLayerCannot) {
  const Samples data = exclusive_or(400);
  Sequential model = small_model(1);
  FitOptions options = quiet;
  options.epochs = 40;
  const History history = model.fit(data.x, data.y, options);
  EXPECT_GT(history["val_accuracy"].back(), 0.9);
  EXPECT_LT(history["loss"].back(), 0.6 * history["loss"].front());
}

TEST(Fit, ReportsEachEpochByKerasNames) {
  const Samples data = exclusive_or(50);
  Sequential model = small_model(1);
  const History history = model.fit(data.x, data.y, quiet);
  std::vector<std::string> keys;
  for (const auto& [key, values] : history.history) {
    keys.push_back(key);
    EXPECT_EQ(values.size(), 3U);
  }
  EXPECT_THAT(keys, ElementsAre("accuracy", "loss", "val_accuracy", "val_loss"));
  EXPECT_THAT(history.epoch, ElementsAre(0, 1, 2));
  EXPECT_EQ(history.seconds.size(), 3U);
  EXPECT_FALSE(history.stopped);
}

TEST(Fit, GivesTheSameBitsForTheSameSeed) {
  const Samples data = exclusive_or(90);
  const auto trained = [&](uint64_t seed) {
    Sequential model = small_model(seed);
    model.fit(data.x, data.y, quiet);
    return all_weights(model);
  };
  EXPECT_EQ(trained(5), trained(5));
  EXPECT_NE(trained(5), trained(6));
}

TEST(Fit, ShufflesOnlyWhenAskedTo) {
  const Samples data = exclusive_or(64);
  const auto trained = [&](bool shuffle) {
    Sequential model = small_model(1, 0.0F);
    model.fit(data.x, data.y, {.batch_size = 16, .verbose = 0, .shuffle = shuffle});
    return all_weights(model);
  };
  EXPECT_EQ(trained(false), trained(false));
  EXPECT_NE(trained(false), trained(true));
}

TEST(Fit, HoldsTheLastRowsOutAndNeverTrainsOnThem) {
  Samples data = exclusive_or(64);
  const auto trained = [&] {
    Sequential model = small_model(1);
    model.fit(data.x, data.y, quiet);
    return all_weights(model);
  };
  const std::vector<float> before = trained();
  for (int64_t i = 48 * 2; i < data.x.size(); ++i) data.x[i] = 100.0F;
  EXPECT_EQ(trained(), before);
  data.x[47 * 2] = 100.0F;
  EXPECT_NE(trained(), before);
}

TEST(Fit, WeighsAShortLastBatchByItsSize) {
  const Samples data = exclusive_or(20);
  Sequential model = small_model(1);
  const callbacks::Logs whole = model.evaluate(data.x, data.y, {.batch_size = 20, .verbose = 0});
  const callbacks::Logs parts = model.evaluate(data.x, data.y, {.batch_size = 16, .verbose = 0});
  ASSERT_EQ(whole.size(), 2U);
  EXPECT_NEAR(parts[1].second, whole[1].second, 1e-6);
  EXPECT_EQ(parts[0].second, whole[0].second);
}

TEST(Fit, GoesOnBitForBitAfterBeingCutAnywhere) {
  const Samples data = exclusive_or(70);  // 53 to train on: 3 whole batches and a short one
  Sequential unbroken = small_model(9);
  const History expected = unbroken.fit(data.x, data.y, quiet);
  for (int64_t batches = 1; batches < 12; ++batches) {
    Sequential model = small_model(9);
    FitOptions options = quiet;
    options.callbacks = {std::make_shared<CutAfter>(batches)};
    EXPECT_TRUE(model.fit(data.x, data.y, options).stopped);
    ASSERT_TRUE(model.training_progress().has_value());
    options.callbacks.clear();
    options.resume = model.training_progress();
    const History history = model.fit(data.x, data.y, options);
    EXPECT_EQ(all_weights(model), all_weights(unbroken)) << "cut after " << batches << " batches";
    EXPECT_EQ(history.history, expected.history) << "cut after " << batches << " batches";
    EXPECT_FALSE(model.training_progress().has_value());
  }
}

TEST(Fit, KeepsFrozenLayersAsTheyAre) {
  const Samples data = exclusive_or(64);
  Sequential model = small_model(1);
  layers::Layer first = model.layers().front();
  first.set_trainable(false);
  const Tensor before = first.get_weights().front();
  model.fit(data.x, data.y, quiet);
  EXPECT_THAT(first.get_weights().front().span(), testing::Pointwise(testing::Eq(), before.span()));
}

TEST(Fit, SaysWhatIsWrongWithTheData) {
  const Samples data = exclusive_or(8);
  Sequential model = small_model(1);
  EXPECT_THAT(error_of([&] { model.fit(Tensor({8, 3}), data.y, quiet); }), HasSubstr("expects (None, 2)"));
  EXPECT_THAT(error_of([&] { model.fit(data.x, Tensor({7, 2}), quiet); }), HasSubstr("8 samples"));
  EXPECT_NE(error_of([&] { model.fit(data.x, Tensor({8, 5}), quiet); }), "");
  EXPECT_THAT(error_of([&] { model.fit(data.x, data.y, {.batch_size = 0, .verbose = 0}); }),
              HasSubstr("batch size"));
  EXPECT_THAT(error_of([&] { model.fit(data.x, data.y, {.verbose = 0, .validation_split = 0.95}); }),
              HasSubstr("leaves none"));
  EXPECT_THAT(error_of([&] { model.predict(Tensor({0, 2})); }), HasSubstr("no samples"));
}

TEST(Fit, AsksForCompile) {
  const Samples data = exclusive_or(8);
  Sequential model({layers::Dense(2)});
  EXPECT_THAT(error_of([&] { model.fit(data.x, data.y, quiet); }), HasSubstr("compile()"));
}

TEST(Predict, GivesTheSameForEveryBatchSize) {
  const Samples data = exclusive_or(33);
  Sequential model = small_model(1);
  const Tensor whole = model.predict(data.x, {.batch_size = 33});
  EXPECT_EQ(whole.shape(), Shape({33, 2}));
  EXPECT_THAT(model.predict(data.x, {.batch_size = 7}).span(),
              testing::Pointwise(testing::FloatNear(1e-6F), whole.span()));
}

TEST(Predict, NamesTheMostProbableClass) {
  const Samples data = exclusive_or(20);
  Sequential model = small_model(1);
  const Tensor probabilities = model.predict(data.x);
  const std::vector<int> classes = model.predict_classes(data.x);
  for (int64_t i = 0; i < 20; ++i) {
    EXPECT_EQ(classes[static_cast<size_t>(i)], probabilities[2 * i + 1] > probabilities[2 * i] ? 1 : 0);
  }
}

}  // namespace
}  // namespace antler
