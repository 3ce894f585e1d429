#include "antler/ops/generalized_crossentropy.h"

#include <algorithm>
#include <cmath>

#include "antler/ops/loss_rows.h"

namespace antler::ops {
namespace {

// Where the row's target is among the predictions; -1 for a number that is no class.
int64_t target_of(ConstView targets, int64_t row, const LossRows& extents) {
  const float label = targets.data[row];
  const bool is_class = label > -1.0F && label < static_cast<float>(extents.columns);
  return is_class ? row * extents.columns + static_cast<int64_t>(label) : -1;
}

}  // namespace

Shape GeneralizedCrossentropy::output_shape(std::span<const Shape> inputs) const {
  return sparse_loss_shape(inputs, name());
}

void GeneralizedCrossentropy::forward(const ForwardContext& run) const {
  const LossRows extents(run.inputs[1].shape);
  for_each_row(extents, [&](int64_t row) {
    const int64_t target = target_of(run.inputs[0], row, extents);
    const float p = target < 0 ? 0.0F : run.inputs[1].data[target];
    run.output.data[row] = (1.0F - std::pow(p, q)) / q;
  });
}

void GeneralizedCrossentropy::backward(const BackwardContext& run) const {
  const View gradient = run.input_gradients[1];
  if (gradient.data == nullptr) return;
  const LossRows extents(gradient.shape);
  for_each_row(extents, [&](int64_t row) {
    std::fill_n(gradient.data + row * extents.columns, extents.columns, 0.0F);
    const int64_t target = target_of(run.inputs[0], row, extents);
    if (target < 0) return;
    gradient.data[target] = -run.output_gradient.data[row] * std::pow(run.inputs[1].data[target], q - 1.0F);
  });
}

}  // namespace antler::ops
