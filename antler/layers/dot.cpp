#include "antler/layers/dot.h"

#include "antler/layers/fields.h"
#include "antler/ops/batch_dot.h"
#include "antler/ops/clip.h"
#include "antler/ops/permute.h"
#include "antler/ops/reshape.h"
#include "antler/ops/unit_normalization.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, Axes& axes, bool& normalize) {
  field.required("axes", axes);
  field("normalize", normalize);
};

// The extents of a sample without `axis`.
std::vector<int64_t> others(const Shape& input, int axis) {
  std::vector<int64_t> extents;
  for (int i = 1; i < input.rank(); ++i) {
    if (i != axis) extents.push_back(input[i]);
  }
  return extents;
}

// (batch, vectors, features), with the features of `axis`.
graph::Value vectors_along(Lowering& to, graph::Value x, int axis, bool normalize) {
  const Shape input = to.graph.shape(x);
  ops::Permute permute;
  for (int i = 0; i < input.rank(); ++i) {
    if (i != axis) permute.order.push_back(i);
  }
  permute.order.push_back(axis);
  ops::Reshape reshape;
  reshape.shape = {Shape(others(input, axis)).size(), input[axis]};
  const graph::Value vectors = to.graph.apply(reshape, {to.graph.apply(permute, {x})});
  if (!normalize) return vectors;
  ops::UnitNormalization unit;
  unit.epsilon = ops::fuzz;
  return to.graph.apply(unit, {vectors});
}

class DotLayer final : public LayerBase {
 public:
  DotLayer(const Axes& axes, bool normalize) : axes_(axes), normalize_(normalize) {
    const auto expected = static_cast<size_t>(axes.is_list() ? 2 : 1);
    if (axes.numbers().size() != expected)
      throw Error("axes has {} numbers; expected one, or two in a list", axes.numbers().size());
  }

  std::string class_name() const override { return "Dot"; }
  bool takes_several_inputs() const override { return true; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    if (inputs.size() != 2) throw Error("{} inputs were given; expected two", inputs.size());
    const int64_t first = inputs[0][axis_of(0, inputs[0])];
    const int64_t second = inputs[1][axis_of(1, inputs[1])];
    if (first != second) {
      throw Error("the inputs have the shapes {} and {}, whose extents {} and {} differ along axes",
                  inputs[0].to_string(), inputs[1].to_string(), first, second);
    }
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    std::vector<graph::Value> operands;
    std::vector<int64_t> extents;
    for (size_t i = 0; i < 2; ++i) {
      const Shape shape = to.graph.shape(inputs[i]);
      const int axis = axis_of(i, shape);
      operands.push_back(vectors_along(to, inputs[i], axis, normalize_));
      const std::vector<int64_t> left = others(shape, axis);
      extents.insert(extents.end(), left.begin(), left.end());
    }
    if (extents.empty()) extents = {1};
    ops::Reshape reshape;
    reshape.shape = Shape(extents);
    return to.graph.apply(reshape, {to.graph.apply(ops::BatchDot{}, operands)});
  }

  Json config() const override { return written(fields, axes_, normalize_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<DotLayer>(*this); }

 private:
  // The axis of input `index`, counted from the front.
  int axis_of(size_t index, const Shape& input) const {
    return Axes(axes_.numbers()[axes_.is_list() ? index : 0]).of(input)[0];
  }

  Axes axes_;
  bool normalize_;
};

}  // namespace

Layer Dot(const Axes& axes, const DotOptions& options) {
  return make_layer_of<DotLayer>("Dot", options, axes, options.normalize);
}

std::shared_ptr<LayerBase> read_dot(ConfigReader& config) {
  Axes axes = -1;
  bool normalize = false;
  FieldReader reader(config);
  fields(reader, axes, normalize);
  return std::make_shared<DotLayer>(axes, normalize);
}

}  // namespace antler::layers
