#include "antler/layers/rescaling.h"

#include <algorithm>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/affine.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, Numbers& scale, Numbers& offset) {
  field.required("scale", scale);
  field("offset", offset);
};

class RescalingLayer final : public LayerBase {
 public:
  RescalingLayer(const Numbers& scale, const Numbers& offset) : scale_(scale), offset_(offset) {}

  std::string class_name() const override { return "Rescaling"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    const Shape shape = last_extents(inputs[0]);
    check_size("scale", shape);
    scale_numbers_ = scale_.broadcast_to(shape, "scale");
    offset_numbers_ = offset_.broadcast_to(shape, "offset");
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Affine affine;
    const int rank = to.graph.shape(inputs[0]).rank();
    for (int axis = rank - axes(); axis < rank; ++axis) affine.axes.push_back(axis);
    return to.graph.apply(affine, {inputs[0], to.graph.parameter(scale_numbers_, false),
                                   to.graph.parameter(offset_numbers_, false)});
  }

  Json config() const override { return written(fields, scale_, offset_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RescalingLayer>(*this); }

 private:
  // How many of the input's last axes have numbers of their own.
  int axes() const { return std::max(scale_.shape().rank(), offset_.shape().rank()); }

  Shape last_extents(const Shape& input) const {
    if (axes() >= input.rank())
      throw Error("numbers of {} axes do not fit an input of shape {}", axes(), input.to_string());
    return Shape(input.extents().last(static_cast<size_t>(axes())));
  }

  Numbers scale_;
  Numbers offset_;
  Tensor scale_numbers_;
  Tensor offset_numbers_;
};

}  // namespace

Layer Rescaling(const Numbers& scale, const RescalingOptions& options) {
  return make_layer_of<RescalingLayer>("Rescaling", options, scale, options.offset);
}

std::shared_ptr<LayerBase> read_rescaling(ConfigReader& config) {
  Numbers scale = 1.0;
  Numbers offset = 0.0;
  FieldReader reader(config);
  fields(reader, scale, offset);
  return std::make_shared<RescalingLayer>(scale, offset);
}

}  // namespace antler::layers
