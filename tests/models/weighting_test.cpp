// Samples and classes that count more than others, and data to validate on.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

std::vector<float> trained(const FitOptions& options, const Samples& data) {
  Sequential model = small_model(1, 0.0F);
  model.fit(data.x, data.y, options);
  std::vector<float> all;
  for (const Tensor& weight : model.get_weights())
    all.insert(all.end(), weight.span().begin(), weight.span().end());
  return all;
}

FitOptions quiet() {
  return {.batch_size = 8, .epochs = 2, .verbose = 0};
}

TEST(SampleWeight, OfOneChangesNothing) {
  const Samples data = exclusive_or(24);
  FitOptions weighted = quiet();
  weighted.sample_weight = Tensor({24}, 1.0F);
  EXPECT_EQ(trained(weighted, data), trained(quiet(), data));
}

TEST(SampleWeight, ScalesTheLossThatIsReported) {
  const Samples data = exclusive_or(8);
  FitOptions options = quiet();
  options.epochs = 1;
  Sequential plain = small_model(1, 0.0F);
  const double loss = plain.fit(data.x, data.y, options)["loss"][0];
  options.sample_weight = Tensor({8}, 3.0F);
  Sequential weighted = small_model(1, 0.0F);
  EXPECT_NEAR(weighted.fit(data.x, data.y, options)["loss"][0], 3.0 * loss, 1e-5);
}

TEST(ClassWeight, WeighsSamplesByTheirClass) {
  const Samples data = exclusive_or(24);
  FitOptions by_class = quiet();
  by_class.class_weight = {{1, 4.0}};
  FitOptions by_sample = quiet();
  by_sample.sample_weight = Tensor({24}, 1.0F);
  for (int64_t i = 0; i < 24; ++i) {
    if (data.y[2 * i + 1] == 1.0F) by_sample.sample_weight[i] = 4.0F;
  }
  EXPECT_EQ(trained(by_class, data), trained(by_sample, data));
  EXPECT_NE(trained(by_class, data), trained(quiet(), data));
}

TEST(SampleWeight, RefusesAnotherNumberOfWeightsThanSamples) {
  const Samples data = exclusive_or(8);
  FitOptions options = quiet();
  options.sample_weight = Tensor({7}, 1.0F);
  EXPECT_THROW(trained(options, data), Error);
  options.sample_weight = Tensor({8}, 1.0F);
  options.class_weight = {{0, 2.0}};
  EXPECT_THROW(trained(options, data), Error);
}

TEST(ValidationData, GivesTheSameAsASplitOfTheSameRows) {
  const Samples data = exclusive_or(32);
  FitOptions split = quiet();
  split.validation_split = 0.25;
  Sequential one = small_model(1);
  const History expected = one.fit(data.x, data.y, split);
  const Samples training{Tensor({24, 2}, data.x.rows(0, 24).span()),
                         Tensor({24, 2}, data.y.rows(0, 24).span())};
  const Samples held_out{Tensor({8, 2}, data.x.rows(24, 32).span()),
                         Tensor({8, 2}, data.y.rows(24, 32).span())};
  FitOptions given = quiet();
  given.validation_data = ValidationData{held_out.x, held_out.y};
  Sequential other = small_model(1);
  EXPECT_EQ(other.fit(training.x, training.y, given).history, expected.history);
}

}  // namespace
}  // namespace antler
