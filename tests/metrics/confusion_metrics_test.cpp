// The expected numbers are those of Keras 3.15.1.
#include "antler/metrics/confusion_metrics.h"

#include <gmock/gmock.h>

#include <limits>

#include "antler/core/error.h"
#include "tests/metrics/score_check.h"

namespace antler::metrics {
namespace {

const Tensor labels({6}, {0, 1, 1, 0, 1, 0});
const Tensor scores({6}, {0.1F, 0.4F, 0.8F, 0.5F, 0.9F, 0.6F});
const std::vector<float> weights = {1, 2, 0.5F, 1, 1, 3};

const Tensor one_hot({4, 3}, {0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0});
const Tensor rows({4, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.3F, 0.2F, 0.4F, 0.4F, 0.2F, 0.45F, 0.2F, 0.35F});
const std::vector<float> row_weights = {1, 2, 1, 0.5F};

TEST(ConfusionMetrics, CountTruthsAndErrors) {
  expect_results(TruePositives(), labels, scores, {2});
  expect_results(TrueNegatives(), labels, scores, {2});
  expect_results(FalsePositives(), labels, scores, {1});
  expect_results(FalseNegatives(), labels, scores, {1});
}

TEST(ConfusionMetrics, CountSamplesByTheirWeightsAtEachThreshold) {
  const CountOptions two{.thresholds = {0.3, 0.7}};
  expect_results(TruePositives(two), labels, scores, {3.5, 1.5}, weights);
  expect_results(TrueNegatives(two), labels, scores, {1, 5}, weights);
  expect_results(FalsePositives(two), labels, scores, {4, 0}, weights);
  expect_results(FalseNegatives(two), labels, scores, {0, 2}, weights);
}

TEST(ConfusionMetrics, GivePrecisionAndRecall) {
  expect_results(Precision(), labels, scores, {0.6666666865348816});
  expect_results(Precision(), labels, scores, {0.3333333432674408}, weights);
  expect_results(Recall(), labels, scores, {0.6666666865348816});
  expect_results(Recall({.thresholds = {0.3, 0.7}}), labels, scores, {1.0, 0.4285714328289032}, weights);
}

TEST(ConfusionMetrics, PutWhatReachesAnEvenThresholdBelowIt) {
  const PrecisionOptions even{.thresholds = {0.0, 0.5, 1.0}};
  expect_results(Precision(even), labels, scores, {0.5, 0.6666666865348816, 0.0});
  expect_results(Precision(even), labels, scores, {0.4117647111415863, 0.3333333432674408, 0.0}, weights);
}

TEST(ConfusionMetrics, TakeTheBestKOfARowForPositive) {
  expect_results(Precision({.top_k = 1}), one_hot, rows, {0.5});
  expect_results(Precision({.top_k = 1}), one_hot, rows, {0.6666666865348816}, row_weights);
  expect_results(Precision({.top_k = 2}), one_hot, rows, {0.3333333432674408}, row_weights);
  expect_results(Recall({.top_k = 2, .class_id = 1}), one_hot, rows, {0.6666666865348816}, row_weights);
}

TEST(ConfusionMetrics, MayBeOfOneClass) {
  expect_results(Precision({.thresholds = {0.3}, .class_id = 1}), one_hot, rows, {0.5}, row_weights);
  expect_results(SensitivityAtSpecificity(0.5, {.class_id = 1}), one_hot, rows, {0.5});
}

TEST(ConfusionMetrics, FindTheBestAtAThresholdThatKeepsTheBound) {
  expect_results(SensitivityAtSpecificity(0.6), labels, scores, {0.4285714328289032}, weights);
  expect_results(SpecificityAtSensitivity(0.6), labels, scores, {1.0});
  expect_results(SpecificityAtSensitivity(0.6), labels, scores, {0.20000000298023224}, weights);
  expect_results(PrecisionAtRecall(0.6), labels, scores, {1.0});
  expect_results(PrecisionAtRecall(0.6), labels, scores, {0.46666666865348816}, weights);
  expect_results(RecallAtPrecision(0.6), labels, scores, {0.4285714328289032}, weights);
}

TEST(ConfusionMetrics, TryAsManyThresholdsAsAsked) {
  expect_results(PrecisionAtRecall(0.5, {.num_thresholds = 3}), labels, scores, {0.6666666865348816});
  expect_results(RecallAtPrecision(0.5, {.num_thresholds = 3}), labels, scores, {1.0});
  expect_results(RecallAtPrecision(0.5, {.num_thresholds = 1}), labels, scores, {0.6666666865348816});
}

TEST(ConfusionMetrics, AreZeroBeforeTheFirstBatch) {
  EXPECT_EQ(Precision().result(), 0.0);
  EXPECT_EQ(Recall({.thresholds = {0.1, 0.2}}).results(), (std::vector{0.0, 0.0}));
  EXPECT_EQ(PrecisionAtRecall(0.5).result(), 0.0);
}

TEST(ConfusionMetrics, TakeNaNForNegative) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  expect_results(FalseNegatives(), Tensor({2}, {1, 1}), Tensor({2}, {nan, 0.9F}), {1});
  expect_results(TruePositives({.thresholds = {0.0, 0.5, 1.0}}), Tensor({2}, {1, 1}),
                 Tensor({2}, {nan, 0.9F}), {1, 1, 0});
}

TEST(ConfusionMetrics, RefuseSettingsOutOfRange) {
  EXPECT_THROW(Precision({.thresholds = {1.5}}), Error);
  EXPECT_THROW(PrecisionAtRecall(1.5), Error);
  EXPECT_THROW(PrecisionAtRecall(0.5, {.num_thresholds = 0}), Error);
  EXPECT_THROW(PrecisionAtRecall(0.5, {.num_thresholds = 2'000'000'000}), Error);
  EXPECT_THROW(Metric("precision_at_recall"), Error);
  EXPECT_THROW(Precision({.class_id = 3}).resolve(one_hot.shape(), rows.shape()), Error);
}

TEST(ConfusionMetrics, RefuseShapesAndStatesThatDoNotFit) {
  EXPECT_THAT(
      [] { Precision().resolve(labels.shape(), rows.shape()); },
      testing::ThrowsMessage<Error>("metric 'precision': targets of shape (6,) do not fit predictions of "
                                    "shape (4, 3)"));
  Metric metric = Precision();
  metric.restore({1, 2, 3});
  EXPECT_THROW(metric.update(labels.view(), scores.view()), Error);
}

TEST(ConfusionMetrics, GoOnFromARestoredState) {
  Metric first = Recall({.thresholds = {0.3, 0.7}});
  first.update(labels.rows(0, 4), scores.rows(0, 4));
  Metric second = Recall({.thresholds = {0.3, 0.7}});
  second.restore(first.state());
  first.update(labels.rows(4, 6), scores.rows(4, 6));
  second.update(labels.rows(4, 6), scores.rows(4, 6));
  EXPECT_EQ(first.results(), second.results());
  EXPECT_THROW((void)first.result(), Error);
}

}  // namespace
}  // namespace antler::metrics
