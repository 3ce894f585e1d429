#include "antler/layers/layer.h"

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/snake_case.h"
#include "antler/layers/checks.h"
#include "antler/layers/weight_limit.h"

namespace antler::layers {
namespace {

int64_t count_numbers(std::span<const Weight> weights) {
  int64_t count = 0;
  for (const Weight& weight : weights) count += weight.value.size();
  return count;
}

}  // namespace

std::string LayerBase::usual_name() const {
  return snake_case(class_name());
}

std::vector<Layer> LayerBase::sublayers() const {
  return {};
}

Weight& LayerBase::add_weight(const std::string& weight_name, const Shape& shape,
                              const WeightOptions& options, uint64_t seed) {
  if (!shape.has_unknown()) WeightLimit::check(count_numbers(weights), shape.size());
  check_size("the weight '" + weight_name + "'", shape);
  const RandomStream random(seed, stream_of(name + "/" + weight_name));
  weights.push_back({.name = weight_name,
                     .value = options.initializer(shape, random),
                     .trainable = options.trainable,
                     .regularizer = options.regularizer,
                     .constraint = options.constraint});
  return weights.back();
}

void LayerBase::adapt(const Tensor& /*data*/) {
  throw Error("it learns nothing from adapt(); Normalization does");
}

void LayerBase::start_random(std::optional<int64_t> seed) {
  // Keras draws the seed that is not given from the numbers up to a thousand million.
  constexpr uint64_t most = 1'000'000'000;
  seed_state = {static_cast<uint32_t>(seed ? static_cast<uint64_t>(*seed) : stream_of(name) % most + 1), 0};
}

uint64_t LayerBase::random_stream(const Lowering& to) const {
  return stream_of(to.scope + name + "/" + std::to_string(seed_state.value()[0]));
}

graph::Value LayerBase::parameter(Lowering& to, size_t index) {
  Weight& weight = weights.at(index);
  return to.graph.parameter(weight.value, trainable && weight.trainable);
}

void Layer::set_trainable(bool trainable) {
  base_->trainable = trainable;
  for (Layer layer : base_->sublayers()) layer.set_trainable(trainable);
}

void Layer::adapt(const Tensor& data) const {
  try {
    base_->adapt(data);
  } catch (const Error& error) {
    throw Error("layer '{}' ({}): {}", name(), class_name(), error.what());
  }
}

namespace {

void collect_weights(const Layer& layer, std::vector<Weight*>& into) {
  for (Weight& weight : layer.base().weights) {
    if (std::ranges::find(into, &weight) == into.end()) into.push_back(&weight);
  }
  for (const Layer& sublayer : layer.base().sublayers()) collect_weights(sublayer, into);
}

}  // namespace

std::vector<Weight*> Layer::weights() const {
  std::vector<Weight*> all;
  collect_weights(*this, all);
  return all;
}

int64_t Layer::count_params() const {
  int64_t count = 0;
  for (const Weight* weight : weights()) count += weight->value.size();
  return count;
}

std::vector<Tensor> Layer::get_weights() const {
  std::vector<Tensor> values;
  for (const Weight* weight : weights()) values.push_back(weight->value);
  return values;
}

void Layer::set_weights(const std::vector<Tensor>& weights) {
  const std::vector<Weight*> own = this->weights();
  if (weights.size() != own.size()) {
    throw Error("layer '{}' ({}) has {} weights, but {} were given", name(), class_name(), own.size(),
                weights.size());
  }
  for (size_t i = 0; i < own.size(); ++i) {
    if (weights[i].shape() == own[i]->value.shape()) continue;
    throw Error("layer '{}' ({}): the weight '{}' has the shape {}, but one of shape {} was given", name(),
                class_name(), own[i]->name, own[i]->value.shape().to_string(),
                weights[i].shape().to_string());
  }
  for (size_t i = 0; i < own.size(); ++i) std::ranges::copy(weights[i].span(), own[i]->value.data());
}

std::optional<Shape> InputShape::with_batch() const {
  if (!shape_) return std::nullopt;
  check_sample(*shape_);
  return shape_->with_batch(Shape::unknown);
}

}  // namespace antler::layers
