#include "antler/models/distillation.h"

#include <cmath>
#include <memory>
#include <span>
#include <utility>
#include <vector>

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

void check_temperature(double temperature) {
  if (!(temperature > 0.0))
    throw Error("the temperature of distillation is {}; expected a number above 0", temperature);
}

bool is_dense_of(const layers::Layer& layer, const char* activation) {
  return layer.class_name() == "Dense" && layer.base().config().at("activation") == activation;
}

bool is_softmax(const layers::Layer& layer) {
  if (layer.class_name() == "Softmax") return true;
  return layer.class_name() == "Activation" && layer.base().config().at("activation") == "softmax";
}

layers::Layer dense_before_softmax(const Model& model) {
  const std::vector<layers::Layer> layers = model.layers();
  const size_t count = layers.size();
  if (count > 0 && is_dense_of(layers[count - 1], "softmax")) return layers[count - 1];
  if (count > 1 && is_softmax(layers[count - 1]) && is_dense_of(layers[count - 2], "linear"))
    return layers[count - 2];
  throw Error("the student ends in '{}'; expected a Dense with a softmax, in it or behind it",
              count > 0 ? layers.back().name() : "");
}

}  // namespace

void sharpen(Model& student, double temperature) {
  check_temperature(temperature);
  for (layers::Weight* weight : dense_before_softmax(student).weights()) {
    for (float& each : weight->value.span()) each *= static_cast<float>(temperature);
  }
}

std::function<Batch(Batch)> taught_by(Model teacher, const DistillationOptions& options) {
  if (!(options.teacher_share >= 0.0 && options.teacher_share <= 1.0))
    throw Error("the teacher's share is {}; expected 0 to 1", options.teacher_share);
  check_temperature(options.temperature);
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
