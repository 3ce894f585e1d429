// The expected numbers are those of Keras 3.15.1.
#include "antler/metrics/iou.h"

#include "antler/core/error.h"
#include "antler/metrics/confusion_matrix.h"
#include "tests/metrics/score_check.h"

namespace antler::metrics {
namespace {

const Tensor labels({3, 2}, {0, 1, 2, 1, 1, 3});
const Tensor guesses({3, 2}, {0, 2, 2, 1, 1, 1});
const std::vector<float> weights = {1, 2, 1.5F, 1, 1, 1};

TEST(IoU, IsTheMeanOfTheClassesAskedFor) {
  expect_results(IoU(3, {0, 2}), labels, guesses, {0.7499999403953552});
  expect_results(IoU(3, {0, 2}), labels, guesses, {0.6666666269302368}, weights);
  expect_results(IoU(3, {0, 2}, {.ignore_class = 2}), labels, guesses, {0.4999999403953552});
}

TEST(IoU, OfAllClassesLeavesOutThoseThatDoNotOccur) {
  expect_results(MeanIoU(3), labels, guesses, {0.7222221493721008});
  expect_results(MeanIoU(5), labels, guesses, {0.4999999701976776});
  expect_results(MeanIoU(3, {.ignore_class = 2}), labels, guesses, {0.555555522441864});
  EXPECT_EQ(MeanIoU(3).result(), 0.0);
}

TEST(IoU, CutsOffFractionsOfWeightsUnlessItCountsInFloats) {
  expect_results(MeanIoU(3), labels, guesses, {0.6111111044883728}, weights);
  expect_results(MeanIoU(3, {.dtype = "float32"}), labels, guesses, {0.6428571343421936}, weights);
}

TEST(IoU, OfTwoClassesTakesAThreshold) {
  const Tensor bits({6}, {0, 1, 1, 0, 1, 0});
  const Tensor scores({6}, {0.1F, 0.4F, 0.8F, 0.5F, 0.9F, 0.6F});
  expect_results(BinaryIoU(), bits, scores, {0.32499998807907104});
  expect_results(BinaryIoU(), bits, scores, {0.1428571492433548}, {1, 2, 0.5F, 1, 1, 3});
  expect_results(BinaryIoU({.target_class_ids = {1}, .threshold = 0.45}), bits, scores, {0.3999999463558197});
}

TEST(IoU, OfOneHotTargetsTakesTheHighest) {
  const Tensor one_hot({4, 3}, {0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0});
  const Tensor rows({4, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.3F, 0.2F, 0.4F, 0.4F, 0.2F, 0.45F, 0.2F, 0.35F});
  const std::vector<float> of_rows = {1, 2, 1, 0.5F};
  expect_results(OneHotIoU(3, {0, 1}), one_hot, rows, {0.4166666865348816});
  expect_results(OneHotIoU(3, {0, 1}), one_hot, rows, {0.8333332538604736}, of_rows);
  expect_results(OneHotMeanIoU(3), one_hot, rows, {0.555555522441864}, of_rows);
  expect_results(OneHotMeanIoU(3, {.sparse_y_pred = true}), one_hot, Tensor({4}, {1, 0, 2, 2}),
                 {0.6666666269302368});
}

TEST(IoU, RefusesWhatItCannotCount) {
  EXPECT_THROW(IoU(3, {3}), Error);
  EXPECT_THROW(IoU(3, {}), Error);
  EXPECT_THROW(MeanIoU(0), Error);
  EXPECT_THROW(MeanIoU(1'000'000), Error);
  EXPECT_THROW(Metric("mean_io_u"), Error);
  EXPECT_THROW(MeanIoU(3).resolve(labels.shape(), Shape{3, 3}), Error);
}

TEST(ConfusionMatrix, CountsEachClassTakenForEachOther) {
  const Tensor matrix = confusion_matrix(std::vector{0, 1, 2, 1}, std::vector{0, 2, 2, 1}, 3);
  EXPECT_EQ(matrix.shape(), Shape({3, 3}));
  EXPECT_EQ(std::vector<float>(matrix.span().begin(), matrix.span().end()),
            (std::vector<float>{1, 0, 0, 0, 1, 1, 0, 0, 1}));
}

TEST(ConfusionMatrix, CountsByWeight) {
  const Tensor matrix =
      confusion_matrix(std::vector{0, 0}, std::vector{1, 1}, 2, std::vector<float>{0.5F, 2});
  EXPECT_EQ(matrix[1], 2.5F);
}

TEST(ConfusionMatrix, RefusesLabelsThatAreNoClass) {
  EXPECT_THROW(confusion_matrix(std::vector{0, 3}, std::vector{0, 1}, 3), Error);
  EXPECT_THROW(confusion_matrix(std::vector{0}, std::vector{-1}, 3), Error);
  EXPECT_THROW(confusion_matrix(std::vector{0}, std::vector{0, 1}, 3), Error);
}

}  // namespace
}  // namespace antler::metrics
