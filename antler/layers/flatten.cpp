#include "antler/layers/flatten.h"

#include "antler/layers/config_reader.h"
#include "antler/ops/reshape.h"

namespace antler::layers {
namespace {

class FlattenLayer final : public LayerBase {
 public:
  std::string class_name() const override { return "Flatten"; }
  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Reshape reshape;
    reshape.shape = {to.graph.shape(inputs[0]).without_batch().size()};
    return to.graph.apply(reshape, {inputs[0]});
  }
  Json config() const override { return {{"data_format", "channels_last"}}; }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<FlattenLayer>(*this); }
};

}  // namespace

Layer Flatten(const LayerOptions& options) {
  return make_layer_of<FlattenLayer>("Flatten", options);
}

std::shared_ptr<LayerBase> read_flatten(ConfigReader& config) {
  config.channels_last();
  return std::make_shared<FlattenLayer>();
}

}  // namespace antler::layers
