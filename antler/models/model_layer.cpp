// A model that serves as a layer of another.
#include "antler/core/error.h"
#include "antler/core/snake_case.h"
#include "antler/models/model_state.h"

namespace antler {
namespace {

class ModelLayer final : public layers::LayerBase {
 public:
  explicit ModelLayer(std::shared_ptr<Model::State> model) : model_(std::move(model)) {
    if (model_->name != snake_case(model_->class_name)) name = model_->name;
    trainable = model_->trainable;
    if (model_->inputs.size() == 1) batch_input_shape = model_->shape_of(model_->inputs[0]);
  }

  std::string class_name() const override { return model_->class_name; }
  std::string usual_name() const override { return model_->name; }
  bool takes_several_inputs() const override { return model_->inputs.size() > 1; }
  std::vector<layers::Layer> sublayers() const override { return model_->layers(); }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    if (inputs.size() == 1) model_->build_for(inputs[0]);
    if (inputs.size() != model_->inputs.size())
      throw Error("{} inputs were given to a model of {}", inputs.size(), model_->inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i) {
      const Shape& expected = model_->shape_of(model_->inputs[i]);
      if (inputs[i].without_batch() == expected.without_batch()) continue;
      throw Error("the input has the shape {}; the model expects {}", inputs[i].to_string(),
                  expected.to_string());
    }
  }

  graph::Value lower(layers::Lowering& to, std::span<const graph::Value> inputs) override {
    return lower_outputs(to, inputs).front();
  }

  std::vector<graph::Value> lower_outputs(layers::Lowering& to,
                                          std::span<const graph::Value> inputs) override {
    const std::string outer = to.scope;
    to.scope += name + "/";
    std::vector<graph::Value> outputs = model_->lower_on(to, inputs);
    to.scope = outer;
    return outputs;
  }

  // The model's own configuration is written with its layers, by whoever writes the file.
  Json config() const override { return Json::object(); }

  std::shared_ptr<LayerBase> clone() const override {
    auto copy = std::make_shared<ModelLayer>(*this);
    copy->model_ = model_->clone();
    return copy;
  }

  const Model::State& model() const { return *model_; }

 private:
  std::shared_ptr<Model::State> model_;
};

// The same layers; what training needs, a layer does without.
std::unique_ptr<Model::State> sharing_layers(const Model::State& model) {
  auto shared = std::make_unique<Model::State>(model);
  shared->compiled.reset();
  shared->progress.reset();
  shared->as_layer.reset();
  return shared;
}

}  // namespace

Model::operator layers::Layer() const {
  if (!state_->as_layer) state_->as_layer = std::make_shared<ModelLayer>(sharing_layers(*state_));
  return layers::Layer(state_->as_layer);
}

layers::Symbol Model::operator()(const layers::Symbol& input) const {
  return layers::Layer(*this)(input);
}
layers::Symbol Model::operator()(const std::vector<layers::Symbol>& inputs) const {
  return layers::Layer(*this)(inputs);
}

std::optional<Model> nested_model(const layers::Layer& layer) {
  const auto* nested = dynamic_cast<const ModelLayer*>(&layer.base());
  if (nested == nullptr) return std::nullopt;
  auto state = sharing_layers(nested->model());
  if (!nested->name.empty()) state->name = nested->name;
  state->trainable = nested->trainable;
  return Model(std::move(state));
}

}  // namespace antler
