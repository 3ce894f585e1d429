#include "antler/ops/loss_rows.h"

#include "antler/core/error.h"

namespace antler::ops {

void refuse_loss_shapes(std::span<const Shape> inputs, const std::string& name) {
  throw Error("{}: targets of shape {} do not fit predictions of shape {}", name, inputs[0].to_string(),
              inputs[1].to_string());
}

Shape shape_of_rows(const Shape& predictions) {
  const auto extents = predictions.extents();
  return predictions.rank() > 1 ? Shape(extents.first(extents.size() - 1)) : predictions;
}

Shape loss_shape(std::span<const Shape> inputs, const std::string& name) {
  if (!(inputs[0] == inputs[1]) || inputs[1].rank() < 1) refuse_loss_shapes(inputs, name);
  return shape_of_rows(inputs[1]);
}

Shape sparse_loss_shape(std::span<const Shape> inputs, const std::string& name) {
  if (inputs[0].rank() < 1 || inputs[1].rank() < 1 || inputs[0][0] != inputs[1][0] ||
      inputs[0].size() != LossRows(inputs[1]).rows) {
    refuse_loss_shapes(inputs, name);
  }
  return shape_of_rows(inputs[1]);
}

}  // namespace antler::ops
