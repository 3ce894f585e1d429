#include "antler/layers/merging.h"

#include <algorithm>

#include "antler/layers/fields.h"
#include "antler/ops/combine.h"
#include "antler/ops/concatenation.h"
#include "antler/ops/reshape.h"

namespace antler::layers {
namespace {

using Kind = ops::Combine::Kind;

// `value` with extents of 1 behind its batch axis until it has `rank` of them.
graph::Value raised(Lowering& to, graph::Value value, int rank) {
  const Shape& shape = to.graph.shape(value);
  if (shape.rank() == rank) return value;
  std::vector<int64_t> extents(static_cast<size_t>(rank - shape.rank()), 1);
  extents.insert(extents.end(), shape.begin() + 1, shape.end());
  ops::Reshape reshape;
  reshape.shape = Shape(extents);
  return to.graph.apply(reshape, {value});
}

class CombineLayer final : public LayerBase {
 public:
  CombineLayer(Kind kind, std::string class_name) : kind_(kind), class_name_(std::move(class_name)) {}

  std::string class_name() const override { return class_name_; }
  bool takes_several_inputs() const override { return true; }
  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    if (kind_ == Kind::difference && inputs.size() != 2)
      throw Error("{} inputs were given; expected two", inputs.size());
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    int rank = 0;
    for (graph::Value input : inputs) rank = std::max(rank, to.graph.shape(input).rank());
    std::vector<graph::Value> operands;
    for (graph::Value input : inputs) operands.push_back(raised(to, input, rank));
    ops::Combine combine;
    combine.kind = kind_;
    return to.graph.apply(combine, operands);
  }

  Json config() const override { return Json::object(); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<CombineLayer>(*this); }

 private:
  Kind kind_;
  std::string class_name_;
};

constexpr auto concatenate_fields = [](auto& field, int& axis) { field.axis("axis", axis); };

class ConcatenateLayer final : public LayerBase {
 public:
  explicit ConcatenateLayer(int axis) : axis_(axis) {
    if (axis == 0) throw Error("axis 0 is the batch; expected another");
  }

  std::string class_name() const override { return "Concatenate"; }
  bool takes_several_inputs() const override { return true; }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Concatenation concatenation;
    concatenation.axis = axis_;
    return to.graph.apply(concatenation, {inputs.begin(), inputs.end()});
  }

  Json config() const override { return written(concatenate_fields, axis_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ConcatenateLayer>(*this); }

 private:
  int axis_;
};

std::shared_ptr<LayerBase> combine(Kind kind, const char* class_name) {
  return std::make_shared<CombineLayer>(kind, class_name);
}

Layer combining(Kind kind, const char* class_name, const LayerOptions& options) {
  return make_layer_of<CombineLayer>(class_name, options, kind, class_name);
}

}  // namespace

Layer Add(const LayerOptions& options) {
  return combining(Kind::sum, "Add", options);
}
Layer Subtract(const LayerOptions& options) {
  return combining(Kind::difference, "Subtract", options);
}
Layer Multiply(const LayerOptions& options) {
  return combining(Kind::product, "Multiply", options);
}
Layer Average(const LayerOptions& options) {
  return combining(Kind::mean, "Average", options);
}
Layer Maximum(const LayerOptions& options) {
  return combining(Kind::maximum, "Maximum", options);
}
Layer Minimum(const LayerOptions& options) {
  return combining(Kind::minimum, "Minimum", options);
}

Layer Concatenate(const ConcatenateOptions& options) {
  return make_layer_of<ConcatenateLayer>("Concatenate", options, options.axis);
}

std::shared_ptr<LayerBase> read_add(ConfigReader& /*config*/) {
  return combine(Kind::sum, "Add");
}
std::shared_ptr<LayerBase> read_subtract(ConfigReader& /*config*/) {
  return combine(Kind::difference, "Subtract");
}
std::shared_ptr<LayerBase> read_multiply(ConfigReader& /*config*/) {
  return combine(Kind::product, "Multiply");
}
std::shared_ptr<LayerBase> read_average(ConfigReader& /*config*/) {
  return combine(Kind::mean, "Average");
}
std::shared_ptr<LayerBase> read_maximum(ConfigReader& /*config*/) {
  return combine(Kind::maximum, "Maximum");
}
std::shared_ptr<LayerBase> read_minimum(ConfigReader& /*config*/) {
  return combine(Kind::minimum, "Minimum");
}

std::shared_ptr<LayerBase> read_concatenate(ConfigReader& config) {
  int axis = -1;
  FieldReader reader(config);
  concatenate_fields(reader, axis);
  return std::make_shared<ConcatenateLayer>(axis);
}

}  // namespace antler::layers
