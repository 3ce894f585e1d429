#include "digits/evaluate.h"

#include "antler/data/to_categorical.h"
#include "antler/metrics/metric.h"
#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {

DigitScores evaluate_csv(const EvaluateCsvOptions& options) {
  const Digits digits = read_digits(options.csv, Labels::required);
  const ReadingOptions how{.batch_size = options.batch_size, .moved = options.moved};
  const Tensor probabilities = predict_with_all(options.models, digits.images, how).probabilities;
  const Tensor labels = to_categorical(digits.labels, 10);
  metrics::Metric loss = "categorical_crossentropy";
  metrics::Metric accuracy = "categorical_accuracy";
  loss.update(labels.view(), probabilities.view());
  accuracy.update(labels.view(), probabilities.view());
  return {.loss = loss.result(), .accuracy = accuracy.result()};
}

}  // namespace antler::digits
