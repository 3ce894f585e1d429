#include "antler/ops/loss_rows.h"

#include "antler/core/error.h"

namespace antler::ops {

void refuse_loss_shapes(std::span<const Shape> inputs, const std::string& name) {
  throw Error("{}: targets of shape {} do not fit predictions of shape {}", name, inputs[0].to_string(),
              inputs[1].to_string());
}

Shape loss_shape(std::span<const Shape> inputs, const std::string& name) {
  if (!(inputs[0] == inputs[1]) || inputs[1].rank() < 1) refuse_loss_shapes(inputs, name);
  return Shape{inputs[1][0]};
}

}  // namespace antler::ops
