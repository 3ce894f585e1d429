#include "antler/models/sequential.h"

#include "antler/core/error.h"
#include "antler/models/model_state.h"

namespace antler {

Sequential::Sequential() : Model(std::make_unique<State>()) {
  state_->class_name = "Sequential";
  state_->name = "sequential";
}

Sequential::Sequential(const std::vector<layers::Layer>& layers, const std::string& name) : Sequential() {
  if (!name.empty()) state_->name = name;
  for (const layers::Layer& layer : layers) add(layer);
}

void Sequential::add(const layers::Layer& layer) {
  state_->stack(layer);
}

void Sequential::pop() {
  if (layers().empty()) throw Error("the model has no layer to remove");
  if (!state_->waiting.empty()) {
    state_->waiting.pop_back();
    return;
  }
  state_->calls.pop_back();
  state_->shapes.pop_back();
  state_->outputs = {state_->last_call()};
  state_->layers_changed();
}

}  // namespace antler
