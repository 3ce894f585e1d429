#include "antler/layers/softmax.h"

#include "antler/layers/config_reader.h"
#include "antler/ops/softmax.h"

namespace antler::layers {
namespace {

class SoftmaxLayer final : public LayerBase {
 public:
  explicit SoftmaxLayer(int axis) : axis_(axis) {}

  std::string class_name() const override { return "Softmax"; }
  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    if (inputs[0].checked_axis(axis_) == 0) throw Error("axis {} is the batch; expected another", axis_);
  }
  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Softmax softmax;
    softmax.axis = axis_;
    return to.graph.apply(softmax, {inputs[0]});
  }
  Json config() const override { return {{"axis", axis_}}; }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<SoftmaxLayer>(*this); }

 private:
  int axis_;
};

}  // namespace

Layer Softmax(int axis, const LayerOptions& options) {
  return make_layer_of<SoftmaxLayer>("Softmax", options, axis);
}

std::shared_ptr<LayerBase> read_softmax(ConfigReader& config) {
  return std::make_shared<SoftmaxLayer>(config.axis("axis", -1));
}

}  // namespace antler::layers
