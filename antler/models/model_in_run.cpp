#include "antler/models/model_in_run.h"

#include "antler/core/error.h"

namespace antler {

namespace {

std::vector<View> trainable_views(const Model& model) {
  std::vector<View> views;
  for (layers::Weight* weight : model.trainable_weights()) views.push_back(weight->value.view());
  return views;
}

}  // namespace

std::vector<std::string> ModelInRun::weight_paths() const {
  std::vector<std::string> paths;
  for (const layers::Layer& layer : model_.layers()) {
    for (const layers::Weight& weight : layer.base().weights)
      paths.push_back(layer.name() + "/" + weight.name);
  }
  return paths;
}

double ModelInRun::learning_rate() const {
  return static_cast<float>(model_.optimizer().learning_rate());
}

void ModelInRun::set_learning_rate(double learning_rate) {
  model_.optimizer().set_learning_rate(static_cast<float>(learning_rate));
}

void ModelInRun::swap_averages() {
  model_.optimizer().swap_averages(trainable_views(model_));
}

void ModelInRun::begin_averages() {
  model_.optimizer().begin_averages(trainable_views(model_));
}

Json ModelInRun::progress() const {
  throw Error("a callback asked where training stands; expected that in fit() alone");
}

void ModelInRun::go_on_from(const Json& /*progress*/) {
  throw Error("a callback wants to go on from a backup; expected that in fit() alone");
}

}  // namespace antler
