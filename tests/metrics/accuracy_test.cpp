// The expected numbers are those of Keras 3.15.1.
#include "antler/metrics/accuracy.h"

#include <gtest/gtest.h>

#include <limits>

namespace antler::metrics {
namespace {

const Tensor scores({4, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.3F, 0.2F, 0.2F, 0.2F, 0.6F, 0.4F, 0.4F, 0.2F});
const Tensor one_hot({4, 3}, {0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0});
const Tensor classes({4}, {1, 1, 2, 1});

double mean(Metric metric, const Tensor& y_true, const Tensor& y_pred,
            const std::vector<float>& sample_weights = {}) {
  metric.update(y_true.view(), y_pred.view(), sample_weights);
  return metric.result();
}

TEST(Accuracy, ComparesTheColumnsThatAreLargest) {
  EXPECT_DOUBLE_EQ(mean(CategoricalAccuracy(), one_hot, scores), 0.5);
}

TEST(Accuracy, ComparesClassNumbersWithTheLargestColumn) {
  EXPECT_DOUBLE_EQ(mean(SparseCategoricalAccuracy(), classes, scores), 0.5);
  EXPECT_DOUBLE_EQ(mean(SparseCategoricalAccuracy(), Tensor({4, 1}, classes.span()), scores), 0.5);
}

TEST(Accuracy, OfBitsIsTheShareOfElements) {
  EXPECT_NEAR(mean(BinaryAccuracy(), one_hot, scores), 0.8333333730697632, 1e-7);
  EXPECT_NEAR(mean(BinaryAccuracy({.threshold = 0.35}), one_hot, scores), 0.75, 1e-7);
}

TEST(Accuracy, OfBitsTakesTheThresholdItselfForZero) {
  EXPECT_NEAR(mean(BinaryAccuracy(), Tensor({3}, {1, 0, 1}), Tensor({3, 1}, {0.7F, 0.5F, 0.2F})), 2.0 / 3,
              1e-7);
}

TEST(Accuracy, CountsTheBestKColumns) {
  EXPECT_DOUBLE_EQ(mean(TopKCategoricalAccuracy({.k = 2}), one_hot, scores), 1.0);
  EXPECT_DOUBLE_EQ(mean(TopKCategoricalAccuracy({.k = 1}), one_hot, scores), 0.75);
  EXPECT_DOUBLE_EQ(mean(SparseTopKCategoricalAccuracy({.k = 1}), classes, scores), 0.75);
  EXPECT_DOUBLE_EQ(mean(SparseTopKCategoricalAccuracy({.k = 5}), classes, scores), 1.0);
}

TEST(Accuracy, OfAClassThatIsNoneIsZero) {
  const Tensor strange({4}, {-1, 3, std::numeric_limits<float>::quiet_NaN(), 1e30F});
  EXPECT_EQ(mean(SparseCategoricalAccuracy(), strange, scores), 0.0);
  EXPECT_EQ(mean(SparseTopKCategoricalAccuracy({.k = 5}), strange, scores), 0.0);
}

TEST(Accuracy, NeverTakesNaNForTheLargest) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor broken({2, 3}, {nan, 0.2F, 0.7F, 0.2F, nan, 0.1F});
  EXPECT_DOUBLE_EQ(mean(SparseCategoricalAccuracy(), Tensor({2}, {2, 0}), broken), 1.0);
  EXPECT_DOUBLE_EQ(mean(SparseTopKCategoricalAccuracy({.k = 3}), Tensor({2}, {2, 0}), broken), 0.0);
}

TEST(Accuracy, CountsSamplesByTheirWeights) {
  const Tensor best({4, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.3F, 0.2F, 0.4F, 0.4F, 0.2F, 0.45F, 0.2F, 0.35F});
  const Tensor targets({4, 3}, {0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0});
  EXPECT_NEAR(mean(CategoricalAccuracy(), targets, best, {1, 2, 1, 0.5F}), 0.6666666865348816, 1e-6);
}

TEST(Accuracy, TakesSortedNumbersOfColumnsForTheBestK) {
  const Tensor ids({3, 3}, {1, 2, 0, 2, 1, 0, 0, 2, 1});
  const Metric metric = SparseTopKCategoricalAccuracy({.k = 2, .from_sorted_ids = true});
  EXPECT_NEAR(mean(metric, Tensor({3}, {1, 0, 2}), ids, {1, 2, 3}), 0.6666666865348816, 1e-6);
}

TEST(Accuracy, OfElementsWantsThemEqual) {
  EXPECT_NEAR(mean(Accuracy(), Tensor({3, 1}, {1, 2, 3}), Tensor({3, 1}, {1, 2, 4})), 2.0 / 3, 1e-7);
}

TEST(Accuracy, OfSamplesWithSeveralRowsIsTheMeanOfEach) {
  const Tensor two_samples({2, 2, 3}, scores.span());
  EXPECT_DOUBLE_EQ(mean(SparseCategoricalAccuracy(), Tensor({2, 2}, classes.span()), two_samples), 0.5);
}

}  // namespace
}  // namespace antler::metrics
