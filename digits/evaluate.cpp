#include "digits/evaluate.h"

#include <fmt/format.h>

#include "antler/data/argmax.h"
#include "antler/data/to_categorical.h"
#include "antler/metrics/confusion_matrix.h"
#include "antler/metrics/metric.h"
#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {

DigitScores evaluate_csv(const EvaluateCsvOptions& options) {
  const Digits digits = select(read_digits(options.csv, Labels::required), options.selection).digits;
  const ReadingOptions how{.batch_size = options.batch_size, .moved = options.moved};
  const Tensor probabilities = predict_with_all(options.models, digits.images, how).probabilities;
  const Tensor labels = to_categorical(digits.labels, 10);
  metrics::Metric loss = "categorical_crossentropy";
  metrics::Metric accuracy = "categorical_accuracy";
  loss.update(labels.view(), probabilities.view());
  accuracy.update(labels.view(), probabilities.view());
  return {.loss = loss.result(),
          .accuracy = accuracy.result(),
          .confusion = metrics::confusion_matrix(argmax(labels), argmax(probabilities), 10)};
}

std::string confusion_text(const Tensor& confusion) {
  std::string text = "label, read as";
  for (int digit = 0; digit < 10; ++digit) text += fmt::format("{:>6}", digit);
  for (int64_t cell = 0; cell < confusion.size(); ++cell) {
    if (cell % 10 == 0) text += fmt::format("\n{:>14}", cell / 10);
    text += fmt::format("{:>6.0f}", confusion[cell]);
  }
  return text + "\n";
}

}  // namespace antler::digits
