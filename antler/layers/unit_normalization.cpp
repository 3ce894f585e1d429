#include "antler/layers/unit_normalization.h"

#include "antler/layers/fields.h"
#include "antler/ops/unit_normalization.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, Axes& axis) { field("axis", axis); };

class UnitNormalizationLayer final : public LayerBase {
 public:
  explicit UnitNormalizationLayer(const Axes& axis) : axis_(axis) {
    if (axis.numbers().empty()) throw Error("axis is an empty list; expected one axis or more");
  }

  std::string class_name() const override { return "UnitNormalization"; }
  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override { axis_.of(inputs[0]); }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const std::vector<int> axes = axis_.of(to.graph.shape(inputs[0]));
    ops::UnitNormalization operation;
    operation.axis = -static_cast<int>(axes.size());
    return with_axes_last(to, inputs[0], axes,
                          [&](graph::Value x) { return to.graph.apply(operation, {x}); });
  }

  Json config() const override { return written(fields, axis_); }
  std::shared_ptr<LayerBase> clone() const override {
    return std::make_shared<UnitNormalizationLayer>(*this);
  }

 private:
  Axes axis_;
};

}  // namespace

Layer UnitNormalization(const Axes& axis, const LayerOptions& options) {
  return make_layer_of<UnitNormalizationLayer>("UnitNormalization", options, axis);
}

std::shared_ptr<LayerBase> read_unit_normalization(ConfigReader& config) {
  Axes axis = -1;
  FieldReader reader(config);
  fields(reader, axis);
  return std::make_shared<UnitNormalizationLayer>(axis);
}

}  // namespace antler::layers
