// The expected numbers are those of Keras 3.15.1.
#include "antler/metrics/accuracy.h"

#include <gtest/gtest.h>

#include <limits>

namespace antler::metrics {
namespace {

const Tensor scores({4, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.3F, 0.2F, 0.2F, 0.2F, 0.6F, 0.4F, 0.4F, 0.2F});
const Tensor one_hot({4, 3}, {0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0});
const Tensor classes({4}, {1, 1, 2, 1});

double mean(SampleSum sum, const Tensor& y_true, const Tensor& y_pred, double setting = 0.0) {
  return sum(y_true.view(), y_pred.view(), setting) / static_cast<double>(y_pred.rows());
}

TEST(Accuracy, ComparesTheColumnsThatAreLargest) {
  EXPECT_DOUBLE_EQ(mean(categorical_matches, one_hot, scores), 0.5);
}

TEST(Accuracy, ComparesClassNumbersWithTheLargestColumn) {
  EXPECT_DOUBLE_EQ(mean(sparse_matches, classes, scores), 0.5);
  EXPECT_DOUBLE_EQ(mean(sparse_matches, Tensor({4, 1}, classes.span()), scores), 0.5);
}

TEST(Accuracy, OfBitsIsTheShareOfElements) {
  EXPECT_NEAR(mean(binary_matches, one_hot, scores, 0.5), 0.8333333730697632, 1e-7);
  EXPECT_NEAR(mean(binary_matches, one_hot, scores, 0.35), 0.75, 1e-7);
}

TEST(Accuracy, OfBitsTakesTheThresholdItselfForZero) {
  EXPECT_NEAR(mean(binary_matches, Tensor({3}, {1, 0, 1}), Tensor({3, 1}, {0.7F, 0.5F, 0.2F}), 0.5), 2.0 / 3,
              1e-7);
}

TEST(Accuracy, CountsTheBestKColumns) {
  EXPECT_DOUBLE_EQ(mean(top_k_matches, one_hot, scores, 2), 1.0);
  EXPECT_DOUBLE_EQ(mean(top_k_matches, one_hot, scores, 1), 0.75);
  EXPECT_DOUBLE_EQ(mean(sparse_top_k_matches, classes, scores, 1), 0.75);
  EXPECT_DOUBLE_EQ(mean(sparse_top_k_matches, classes, scores, 5), 1.0);
}

TEST(Accuracy, OfAClassThatIsNoneIsZero) {
  const Tensor strange({4}, {-1, 3, std::numeric_limits<float>::quiet_NaN(), 1e30F});
  EXPECT_EQ(mean(sparse_matches, strange, scores), 0.0);
  EXPECT_EQ(mean(sparse_top_k_matches, strange, scores, 5), 0.0);
}

TEST(Accuracy, NeverTakesNaNForTheLargest) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor broken({2, 3}, {nan, 0.2F, 0.7F, 0.2F, nan, 0.1F});
  EXPECT_DOUBLE_EQ(mean(sparse_matches, Tensor({2}, {2, 0}), broken), 1.0);
  EXPECT_DOUBLE_EQ(mean(sparse_top_k_matches, Tensor({2}, {2, 0}), broken, 3), 0.0);
}

TEST(Accuracy, OfElementsWantsThemEqual) {
  EXPECT_NEAR(mean(equal_elements, Tensor({3, 1}, {1, 2, 3}), Tensor({3, 1}, {1, 2, 4})), 2.0 / 3, 1e-7);
}

TEST(Accuracy, OfSamplesWithSeveralRowsIsTheMeanOfEach) {
  const Tensor two_samples({2, 2, 3}, scores.span());
  EXPECT_DOUBLE_EQ(mean(sparse_matches, Tensor({2, 2}, classes.span()), two_samples), 0.5);
}

}  // namespace
}  // namespace antler::metrics
