#include "antler/layers/input.h"

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/make_layer.h"

namespace antler::layers {
namespace {

class InputLayer final : public LayerBase {
 public:
  explicit InputLayer(const Shape& batch_shape) {
    check_sample(batch_shape.without_batch());
    batch_input_shape = batch_shape;
  }

  std::string class_name() const override { return "InputLayer"; }
  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    return inputs.empty() ? to.graph.input(*batch_input_shape) : inputs[0];
  }
  Json config() const override {
    Json extents = Json::array();
    for (int64_t extent : *batch_input_shape)
      extents.push_back(extent == Shape::unknown ? Json() : Json(extent));
    return {{"batch_shape", extents}, {"sparse", false}, {"ragged", false}, {"optional", false}};
  }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<InputLayer>(*this); }
};

}  // namespace

Layer Input(const Shape& shape, const std::string& name) {
  return make_layer_of<InputLayer>("Input", LayerOptions{.input_shape = shape, .name = name},
                                   shape.with_batch(Shape::unknown));
}

std::shared_ptr<LayerBase> read_input(ConfigReader& config) {
  const std::optional<Shape> batch_shape = config.shape("batch_shape");
  const std::optional<Shape> of_keras_2 = config.shape("batch_input_shape");
  if (!batch_shape && !of_keras_2) throw Error("batch_shape is missing");
  return std::make_shared<InputLayer>(batch_shape ? *batch_shape : *of_keras_2);
}

}  // namespace antler::layers
