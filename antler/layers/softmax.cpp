#include "antler/layers/softmax.h"

#include "antler/layers/fields.h"
#include "antler/ops/reshape.h"
#include "antler/ops/softmax.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, Axes& axis) { field("axis", axis); };

graph::Value reshaped(Lowering& to, graph::Value x, const Shape& sample) {
  ops::Reshape reshape;
  reshape.shape = sample;
  return to.graph.apply(reshape, {x});
}

// Softmax over the last `axes` axes together, which are one axis meanwhile.
graph::Value softmax_over_last(Lowering& to, graph::Value x, size_t axes) {
  const Shape sample = to.graph.shape(x).without_batch();
  std::vector<int64_t> merged(sample.begin(), sample.end() - axes);
  int64_t extent = 1;
  for (const int64_t* each = sample.end() - axes; each != sample.end(); ++each) extent *= *each;
  merged.push_back(extent);
  return reshaped(to, to.graph.apply(ops::Softmax{}, {reshaped(to, x, Shape(merged))}), sample);
}

class SoftmaxLayer final : public LayerBase {
 public:
  explicit SoftmaxLayer(const Axes& axis) : axis_(axis) {
    if (axis.numbers().empty()) throw Error("axis is an empty list; expected one axis or more");
  }

  std::string class_name() const override { return "Softmax"; }
  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override { axis_.of(inputs[0]); }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const std::vector<int> axes = axis_.of(to.graph.shape(inputs[0]));
    if (axes.size() > 1) {
      return with_axes_last(to, inputs[0], axes,
                            [&](graph::Value x) { return softmax_over_last(to, x, axes.size()); });
    }
    ops::Softmax softmax;
    softmax.axis = axes[0];
    return to.graph.apply(softmax, {inputs[0]});
  }

  Json config() const override { return written(fields, axis_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<SoftmaxLayer>(*this); }

 private:
  Axes axis_;
};

}  // namespace

Layer Softmax(const Axes& axis, const LayerOptions& options) {
  return make_layer_of<SoftmaxLayer>("Softmax", options, axis);
}

std::shared_ptr<LayerBase> read_softmax(ConfigReader& config) {
  Axes axis = -1;
  FieldReader reader(config);
  fields(reader, axis);
  return std::make_shared<SoftmaxLayer>(axis);
}

}  // namespace antler::layers
