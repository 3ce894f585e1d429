// F-scores, R2 and correlations; the expected numbers are those of Keras 3.15.1.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/losses/losses.h"
#include "antler/metrics/metrics.h"
#include "tests/metrics/score_check.h"

namespace antler::metrics {
namespace {

const Tensor one_hot({4, 3}, {0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0});
const Tensor rows({4, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.3F, 0.2F, 0.4F, 0.4F, 0.2F, 0.45F, 0.2F, 0.35F});
const Tensor numbers({4, 2}, {1, 2, 2, 1, 4, 3, 0, -1});
const Tensor guesses({4, 2}, {1.5F, 2, 1, 1.5F, 3.5F, 2, 0.5F, 0});
const std::vector<float> weights = {1, 2, 1, 0.5F};
const Tensor cube({2, 2, 3}, {0, 0.25F, 0.5F, 0.75F, 1, 0, 0.25F, 0.5F, 0.75F, 1, 0, 0.25F});
const Tensor guessed_cube({2, 2, 3},
                          {0.100000001F, 0.63846153F, 0.330769241F, 0.869230747F, 0.561538458F, 0.253846169F,
                           0.792307675F, 0.484615386F, 0.176923081F, 0.715384603F, 0.407692313F, 0.1F});

TEST(F1Score, GivesAResultForEachClass) {
  expect_results(F1Score(), one_hot, rows, {0.4999999701976776, 0.4999999403953552, 0.0});
  expect_results("f1_score", one_hot, rows, {0.7272727489471436, 0.5714284777641296, 0.0}, weights);
}

TEST(F1Score, AveragesInThreeWays) {
  expect_results(F1Score({.average = "micro"}), one_hot, rows, {0.5999999642372131}, weights);
  expect_results(F1Score({.average = "macro"}), one_hot, rows, {0.43290042877197266}, weights);
  expect_results(F1Score({.average = "weighted"}), one_hot, rows, {0.5137084722518921}, weights);
}

TEST(F1Score, TakesNoneOfARowOfZerosForPositive) {
  expect_results(F1Score({.average = "macro"}), one_hot, Tensor({4, 3}), {0.0});
}

TEST(FBetaScore, LetsRecallCountMore) {
  const auto score = [](const char* average) {
    return FBetaScore({.average = average, .beta = 2.0, .threshold = 0.35});
  };
  expect_results(score(""), one_hot, rows, {0.8695652484893799, 0.625, 0.0}, weights);
  expect_results(score("micro"), one_hot, rows, {0.6382978558540344}, weights);
  expect_results(score("macro"), one_hot, rows, {0.49818840622901917}, weights);
  expect_results(score("weighted"), one_hot, rows, {0.5948067903518677}, weights);
}

TEST(FBetaScore, RefusesWhatKerasRefuses) {
  EXPECT_THROW(F1Score({.average = "mean"}), Error);
  EXPECT_THROW(F1Score({.threshold = 0.0}), Error);
  EXPECT_THROW(FBetaScore({.beta = 0.0}), Error);
  EXPECT_THROW(F1Score().resolve(Shape{4}, Shape{4, 1}), Error);
}

TEST(R2Score, IsTheShareOfVarianceThatIsExplained) {
  expect_results(R2Score({.class_aggregation = ""}), numbers, guesses,
                 {0.800000011920929, 0.7428570985794067});
  expect_results(R2Score(), numbers, guesses, {0.7714285850524902});
  expect_results("r2_score", numbers, guesses, {0.648863673210144}, weights);
  expect_results(R2Score({.class_aggregation = "variance_weighted_average"}), numbers, guesses,
                 {0.6472457647323608}, weights);
}

TEST(R2Score, IsAdjustedWhereThereAreEnoughSamples) {
  expect_results(R2Score({.num_regressors = 2}), numbers, guesses, {0.6800000071525574});
  expect_results(R2Score({.num_regressors = 2}), numbers, guesses, {0.5084091424942017}, weights);
  expect_results(R2Score({.num_regressors = 20}), numbers, guesses, {0.7714285850524902});
}

TEST(R2Score, OfTargetsThatAreAllTheSameIsZero) {
  expect_results(R2Score(), Tensor({2, 1}, {1, 1}), Tensor({2, 1}, {1, 2}), {0.0});
  EXPECT_EQ(R2Score().result(), 0.0);
}

TEST(Correlation, IsThatOfEachRow) {
  expect_results(CosineSimilarity(), numbers, guesses, {0.7110977172851562});
  expect_results("cosine_similarity", numbers, guesses, {0.825029730796814}, weights);
  expect_results(PearsonCorrelation(), numbers, guesses, {0.1111111119389534}, weights);
  expect_results(ConcordanceCorrelation(), numbers, guesses, {0.004810025449842215}, weights);
  expect_results(ConcordanceCorrelation(), cube, guessed_cube, {-0.0034799724817276}, {1, 3});
}

TEST(Correlation, MayGoAlongTheBatch) {
  const auto whole = [](Metric metric) {
    metric.update(numbers.view(), guesses.view());
    return metric.result();
  };
  EXPECT_NEAR(whole(CosineSimilarity({.axis = 0})), 0.944849967956543, 1e-6);
  EXPECT_NEAR(whole(PearsonCorrelation({.axis = 0})), 0.9314357042312622, 1e-6);
  EXPECT_NEAR(whole(ConcordanceCorrelation({.axis = 0})), 0.8396739363670349, 1e-6);
}

TEST(Means, AreWeighted) {
  expect_results(RootMeanSquaredError(), numbers, guesses, {0.7071067690849304});
  expect_results("root_mean_squared_error", numbers, guesses, {0.7168604731559753}, weights);
  expect_results("LogCoshError", numbers, guesses, {0.2287498116493225}, weights);
  expect_results("mse", numbers, guesses, {0.5138888955116272}, weights);
  expect_results("poisson", numbers, guesses, {-0.3891369104385376}, weights);
}

TEST(Means, OfSamplesOfSeveralRowsTakeWeightsForSamplesOrForRows) {
  expect_results("mae", cube, guessed_cube, {0.2868589758872986});
  expect_results("mae", cube, guessed_cube, {0.307852566242218}, {1, 3});
  expect_results("mae", cube, guessed_cube, {0.32399266958236694}, {0.5F, 1, 2, 0});
}

TEST(Means, LeaveAnIgnoredClassOutWhereSamplesAreWeightedAsKerasDoes) {
  const Tensor logits({3, 3}, {1.5F, -0.5F, 2, 0.25F, -3, 0.75F, 1.5F, -0.5F, 2});
  const Metric metric =
      Metric::of_class("SparseCategoricalCrossentropy", "", {{"from_logits", true}, {"ignore_class", 2}});
  expect_results(metric, Tensor({3}, {1, 2, 0}), logits, {1.3492727279663086});
  expect_results(metric, Tensor({3}, {1, 2, 0}), logits, {1.523909091949463}, {1, 2, 3});
}

TEST(Means, OfValuesAreForUpdateWithValues) {
  Metric mean = Mean();
  mean.update(Tensor({3}, {1, 3, 5}).view());
  mean.update(Tensor({2, 2}, {1, 3, 5, 7}).view());
  EXPECT_NEAR(mean.result(), 3.4000000953674316, 1e-6);
  Metric sum = Sum();
  sum.update(Tensor({3}, {1, 3, 5}).view(), std::vector<float>{1, 0, 2});
  EXPECT_EQ(sum.result(), 11.0);
  sum.update(Tensor({2, 2}, {1, 3, 5, 7}).view(), std::vector<float>{1, 3});
  EXPECT_EQ(sum.result(), 51.0);
  EXPECT_THROW(mean.resolve(numbers.shape(), guesses.shape()), Error);
}

TEST(Means, RefuseAnotherNumberOfWeights) {
  Metric metric("mse");
  EXPECT_THAT(
      [&] {
        metric.update(numbers.view(), guesses.view(), std::vector<float>{1, 2, 3});
      },
      testing::ThrowsMessage<Error>(testing::HasSubstr("metric 'mse': there are 3 sample weights")));
}

}  // namespace
}  // namespace antler::metrics
