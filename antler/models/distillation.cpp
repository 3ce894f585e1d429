#include "antler/models/distillation.h"

#include <cmath>
#include <memory>
#include <span>
#include <utility>

#include "antler/core/error.h"

namespace antler {
namespace {

void soften(std::span<float> probabilities, float temperature) {
  float sum = 0.0F;
  for (float& each : probabilities) {
    each = std::pow(each, 1.0F / temperature);
    sum += each;
  }
  for (float& each : probabilities) each /= sum;
}

void mix(Tensor& labels, Tensor& taught, const DistillationOptions& options) {
  if (labels.shape() != taught.shape()) {
    throw Error("labels have the shape {}, the teacher's probabilities {}; expected the same",
                labels.shape().to_string(), taught.shape().to_string());
  }
  const auto share = static_cast<float>(options.teacher_share);
  const auto classes = static_cast<size_t>(labels.shape()[labels.shape().rank() - 1]);
  for (size_t row = 0; row < taught.span().size(); row += classes) {
    const std::span<float> label = labels.span().subspan(row, classes);
    const std::span<float> probability = taught.span().subspan(row, classes);
    soften(probability, static_cast<float>(options.temperature));
    for (size_t i = 0; i < classes; ++i) label[i] += share * (probability[i] - label[i]);
  }
}

}  // namespace

std::function<Batch(Batch)> taught_by(Model teacher, const DistillationOptions& options) {
  if (!(options.teacher_share >= 0.0 && options.teacher_share <= 1.0))
    throw Error("the teacher's share is {}; expected 0 to 1", options.teacher_share);
  if (!(options.temperature > 0.0))
    throw Error("the temperature of distillation is {}; expected a number above 0", options.temperature);
  // Shared: a std::function is copied, a model need not be.
  return [shared = std::make_shared<Model>(std::move(teacher)), options](Batch batch) {
    std::vector<Tensor> taught =
        shared->predict_outputs(batch.x, {.batch_size = std::max<int64_t>(batch.rows(), 1)});
    if (taught.size() != batch.y.size())
      throw Error("the teacher has {} outputs, the batch {} targets; expected as many", taught.size(),
                  batch.y.size());
    for (size_t i = 0; i < taught.size(); ++i) mix(batch.y[i], taught[i], options);
    return batch;
  };
}

}  // namespace antler
