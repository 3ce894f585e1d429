#include "antler/layers/reshape.h"

#include <algorithm>

#include "antler/layers/config_reader.h"
#include "antler/ops/reshape.h"

namespace antler::layers {
namespace {

class ReshapeLayer final : public LayerBase {
 public:
  explicit ReshapeLayer(const Shape& target) : target_(target) {
    if (target.rank() == 0 || target.rank() == Shape::max_rank) {
      throw Error("target_shape has {} extents; expected 1 to {}", target.rank(), Shape::max_rank - 1);
    }
    if (std::ranges::count(target, Shape::unknown) > 1 || std::ranges::count(target, 0) > 0) {
      throw Error("target_shape is {}; expected extents of 1 or more, and at most one -1",
                  target.to_string());
    }
  }

  std::string class_name() const override { return "Reshape"; }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const Shape input = to.graph.shape(inputs[0]).without_batch();
    ops::Reshape reshape;
    reshape.shape = resolved(input.size());
    if (reshape.shape.has_unknown() || reshape.shape.size() != input.size()) {
      throw Error("an input of shape {} does not fill target_shape {}", input.to_string(),
                  target_.to_string());
    }
    return to.graph.apply(reshape, {inputs[0]});
  }

  Json config() const override {
    return {{"target_shape", Json(std::vector<int64_t>(target_.begin(), target_.end()))}};
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ReshapeLayer>(*this); }

 private:
  // The target for `size` elements; what is unknown stays so when it cannot be worked out.
  Shape resolved(int64_t size) const {
    Shape shape = target_;
    const auto unknown = static_cast<int>(std::ranges::find(shape, Shape::unknown) - shape.begin());
    if (unknown == shape.rank()) return shape;
    shape[unknown] = 1;
    const int64_t others = shape.size();
    shape[unknown] = size % others == 0 ? size / others : Shape::unknown;
    return shape;
  }

  Shape target_;
};

}  // namespace

Layer Reshape(const Shape& target_shape, const LayerOptions& options) {
  return make_layer_of<ReshapeLayer>("Reshape", options, target_shape);
}

std::shared_ptr<LayerBase> read_reshape(ConfigReader& config) {
  return std::make_shared<ReshapeLayer>(config.shape("target_shape").value_or(Shape{}));
}

}  // namespace antler::layers
