// The expected numbers are those of Keras 3.15.1.
#include "antler/metrics/metric.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler::metrics {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

const Tensor scores({4, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.3F, 0.2F, 0.2F, 0.2F, 0.6F, 0.4F, 0.4F, 0.2F});
const Tensor one_hot({4, 3}, {0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0});
const Tensor classes({4}, {1, 1, 2, 1});

double result(Metric metric, const Tensor& y_true, const Tensor& y_pred) {
  metric.resolve(y_true.shape(), y_pred.shape());
  metric.update(y_true.view(), y_pred.view());
  return metric.result();
}

TEST(Metric, IsZeroBeforeTheFirstUpdate) {
  EXPECT_EQ(Metric("accuracy").result(), 0.0);
}

TEST(Metric, IsTheMeanOverAllSamplesSinceReset) {
  Metric metric("mae");
  metric.update(Tensor({3, 1}, {0, 0, 0}).view(), Tensor({3, 1}, {1, 2, 3}).view());
  metric.update(Tensor({1, 1}, {0}).view(), Tensor({1, 1}, {10}).view());
  EXPECT_DOUBLE_EQ(metric.result(), 4.0);
  EXPECT_EQ(metric.state(), (std::vector{16.0, 4.0}));
  metric.reset();
  metric.update(Tensor({1, 1}, {0}).view(), Tensor({1, 1}, {7}).view());
  EXPECT_DOUBLE_EQ(metric.result(), 7.0);
}

TEST(Metric, GoesOnFromARestoredState) {
  Metric metric("mae");
  metric.restore({6.0, 3.0});
  metric.update(Tensor({1, 1}, {0}).view(), Tensor({1, 1}, {10}).view());
  EXPECT_DOUBLE_EQ(metric.result(), 4.0);
}

TEST(Metric, OfAccuracyDependsOnTheShapes) {
  EXPECT_DOUBLE_EQ(result("accuracy", one_hot, scores), 0.5);
  EXPECT_DOUBLE_EQ(result("acc", classes, scores), 0.5);
  EXPECT_DOUBLE_EQ(result("accuracy", Tensor({4, 1}, classes.span()), scores), 0.5);
  EXPECT_NEAR(result("accuracy", Tensor({3}, {1, 0, 1}), Tensor({3, 1}, {0.7F, 0.5F, 0.2F})), 2.0 / 3, 1e-7);
}

TEST(Metric, IsResolvedByShapesWithoutABatchSize) {
  Metric metric("accuracy");
  metric.resolve(Shape{100, 1}, Shape{Shape::unknown, 3});
  metric.update(classes.view(), scores.view());
  EXPECT_DOUBLE_EQ(metric.result(), 0.5);
}

TEST(Metric, KeepsTheNameItWasGivenBy) {
  Metric metric("acc");
  metric.resolve(one_hot.shape(), scores.shape());
  EXPECT_EQ(metric.name(), "acc");
  EXPECT_EQ(metric.to_config(), Json("acc"));
  EXPECT_EQ(Metric("MSE").name(), "MSE");
}

TEST(Metric, MayBeAnyLoss) {
  EXPECT_NEAR(result("mse", one_hot, scores), 0.1433333307504654, 1e-6);
  EXPECT_NEAR(result("MeanAbsoluteError", one_hot, scores), 0.3333333432674408, 1e-6);
  EXPECT_NEAR(result("binary_crossentropy", one_hot, scores), 0.4510679244995117, 1e-6);
  EXPECT_NEAR(result("kl_divergence", one_hot, scores), 0.7469381093978882, 1e-6);
  EXPECT_NEAR(result("LogCoshError", one_hot, scores), 0.06850830465555191, 1e-6);
  EXPECT_NEAR(result("sparse_categorical_crossentropy", classes, scores), 0.7469410300254822, 1e-6);
}

TEST(Metric, RefusesANameItDoesNotKnow) {
  EXPECT_THAT([] { Metric("bleu"); }, ThrowsMessage<Error>("there is no metric 'bleu'"));
  EXPECT_THROW(Metric(""), Error);
  EXPECT_THROW(Metric("crossentropy"), Error);
}

TEST(Metric, RefusesShapesThatDoNotFit) {
  const Tensor wide({4, 2});
  EXPECT_THAT([&] { Metric("sparse_categorical_accuracy").resolve(wide.shape(), scores.shape()); },
              ThrowsMessage<Error>("metric 'sparse_categorical_accuracy': targets of shape (4, 2) do not fit "
                                   "predictions of shape (4, 3)"));
  EXPECT_THROW(Metric("binary_accuracy").resolve(wide.shape(), scores.shape()), Error);
  EXPECT_THROW(Metric("mse").resolve(wide.shape(), Shape({Shape::unknown, 3})), Error);
  EXPECT_THROW(Metric("accuracy").update(classes.view(), Tensor({3, 3}).view()), Error);
}

}  // namespace
}  // namespace antler::metrics
