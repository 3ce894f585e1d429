// The expected numbers are those of Keras 3.15.1.
#include "antler/metrics/auc.h"

#include "antler/core/error.h"
#include "tests/metrics/score_check.h"

namespace antler::metrics {
namespace {

const Tensor labels({6}, {0, 1, 1, 0, 1, 0});
const Tensor scores({6}, {0.1F, 0.4F, 0.8F, 0.5F, 0.9F, 0.6F});
const std::vector<float> weights = {1, 2, 0.5F, 1, 1, 3};

const Tensor label_pairs({4, 2}, {0, 1, 1, 0, 1, 1, 0, 1});
const Tensor score_pairs({4, 2}, {0.2F, 0.7F, 0.6F, 0.4F, 0.3F, 0.9F, 0.5F, 0.1F});
const std::vector<float> pair_weights = {1, 2, 1, 0.5F};

TEST(AUC, IsTheAreaUnderTheReceiversCurve) {
  expect_results(AUC(), labels, scores, {0.7777777910232544});
  expect_results("auc", labels, scores, {0.5428571701049805}, weights);
}

TEST(AUC, IsTheAreaUnderPrecisionOverRecall) {
  expect_results(AUC({.curve = "PR"}), labels, scores, {0.8512376546859741});
  expect_results(AUC({.curve = "PR"}), labels, scores, {0.645537257194519}, weights);
  expect_results(AUC({.curve = "PR", .summation_method = "minoring"}), labels, scores, {0.29870128631591797},
                 weights);
  expect_results(AUC({.curve = "pr", .summation_method = "Majoring"}), labels, scores, {0.6952381134033203},
                 weights);
}

TEST(AUC, IsTheAreaUnderGains) {
  expect_results(AUC({.curve = "PRGAIN"}), labels, scores, {0.5833333134651184});
  expect_results(AUC({.curve = "PRGAIN"}), labels, scores, {-0.24444445967674255}, weights);
  expect_results(AUC({.curve = "PRGAIN", .summation_method = "minoring"}), labels, scores, {0.5});
  expect_results(AUC({.curve = "PRGAIN", .summation_method = "majoring"}), labels, scores,
                 {0.6666666269302368});
}

TEST(AUC, TakesThresholdsInAnyOrder) {
  expect_results(AUC({.thresholds = {0.7, 0.3}}), labels, scores, {0.7714285850524902}, weights);
  expect_results(AUC({.num_thresholds = 2}), labels, scores, {0.5});
}

TEST(AUC, TakesLogits) {
  const Tensor logits({6}, {-2, -0.1F, 1, 0.2F, 3, 0.5F});
  expect_results(AUC({.num_thresholds = 20, .from_logits = true}), labels, logits, {0.5428571701049805},
                 weights);
}

TEST(AUC, OfSeveralLabelsIsTheMeanOfTheirs) {
  expect_results(AUC({.multi_label = true}), label_pairs, score_pairs, {0.7083333730697632});
  expect_results(AUC({.multi_label = true}), label_pairs, score_pairs, {0.8444443941116333}, pair_weights);
  expect_results(AUC({.multi_label = true, .num_labels = 2, .label_weights = {1, 3}}), label_pairs,
                 score_pairs, {0.8222222328186035}, pair_weights);
  expect_results(AUC({.curve = "PR", .thresholds = {0.25, 0.55}, .multi_label = true}), label_pairs,
                 score_pairs, {0.9387842416763306}, pair_weights);
}

TEST(AUC, WeighsColumnsOfOneCurve) {
  expect_results(AUC({.label_weights = {1, 3}}), label_pairs, score_pairs, {0.6545454859733582});
  expect_results(AUC({.label_weights = {1, 3}}), label_pairs, score_pairs, {0.7746031880378723},
                 pair_weights);
}

TEST(AUC, IsZeroWithoutNegatives) {
  expect_results(AUC(), Tensor({2}, {1, 1}), Tensor({2}, {0.2F, 0.7F}), {0.0});
  EXPECT_EQ(AUC().result(), 0.0);
}

TEST(AUC, RefusesWhatItCannotCount) {
  EXPECT_THROW(AUC({.num_thresholds = 1}), Error);
  EXPECT_THROW(AUC({.curve = "ABC"}), Error);
  EXPECT_THROW(AUC({.num_labels = 2}), Error);
  EXPECT_THROW(AUC({.multi_label = true}).resolve(labels.shape(), scores.shape()), Error);
  EXPECT_THROW(AUC({.multi_label = true, .num_labels = 3}).resolve(label_pairs.shape(), score_pairs.shape()),
               Error);
  EXPECT_THROW(AUC({.label_weights = {1, 2, 3}}).resolve(label_pairs.shape(), score_pairs.shape()), Error);
}

}  // namespace
}  // namespace antler::metrics
