#include "digits/evaluate.h"

#include <algorithm>
#include <cmath>

#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {
namespace {

// As Keras: of probabilities scaled to sum 1 and kept away from 0 and 1.
double cross_entropy(std::span<const float> probabilities, size_t label) {
  constexpr double epsilon = 1e-7;
  double sum = 0.0;
  for (float probability : probabilities) sum += double{probability};
  return -std::log(std::clamp(double{probabilities[label]} / sum, epsilon, 1.0 - epsilon));
}

}  // namespace

DigitScores evaluate_csv(const EvaluateCsvOptions& options) {
  const Digits digits = read_digits(options.csv, Labels::required);
  const PredictOptions how{.batch_size = options.batch_size};
  const Tensor probabilities = predict_with_all(options.models, digits.images, how).probabilities;
  const std::vector<int> read = likeliest(probabilities);
  DigitScores scores;
  for (int64_t row = 0; row < digits.labels.rows(); ++row) {
    const auto label = static_cast<int>(digits.labels[row]);
    scores.loss += cross_entropy(probabilities.rows(row, row + 1).span(), static_cast<size_t>(label));
    scores.accuracy += read[static_cast<size_t>(row)] == label ? 1.0 : 0.0;
  }
  const auto count = static_cast<double>(digits.labels.rows());
  return {.loss = scores.loss / count, .accuracy = scores.accuracy / count};
}

}  // namespace antler::digits
