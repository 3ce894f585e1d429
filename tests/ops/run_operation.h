// Runs one operation by itself, as a plan would.
#pragma once

#include <optional>
#include <vector>

#include "antler/core/random.h"
#include "antler/ops/operation.h"

namespace antler::ops {

/// A tensor of normal numbers, the same for the same stream.
inline Tensor random_tensor(const Shape& shape, uint64_t stream, float mean = 0.0F, float stddev = 1.0F) {
  Tensor tensor(shape);
  RandomStream(7, stream).fill_normal(tensor.span(), mean, stddev);
  return tensor;
}

/// forward() with memory of its own; what the operation saved stays for backward().
class OperationRun {
 public:
  OperationRun(const Operation& operation, std::vector<Tensor> inputs, std::vector<Tensor> state = {})
      : operation_(operation), inputs_(std::move(inputs)), state_(std::move(state)) {
    std::vector<Shape> shapes;
    for (const Tensor& input : inputs_) shapes.push_back(input.shape());
    output_ = Tensor(operation.output_shape(shapes));
    saved_.resize(static_cast<size_t>(operation.saved_floats(shapes)));
    scratch_.resize(static_cast<size_t>(operation.scratch_floats(shapes)));
  }

  const Tensor& forward() {
    const std::vector<ConstView> inputs(views());
    std::vector<View> state;
    for (Tensor& tensor : state_) state.push_back(tensor.view());
    operation_.forward({.inputs = inputs,
                        .state = state,
                        .output = output_.view(),
                        .saved = saved_,
                        .scratch = scratch_,
                        .prepared = prepared_,
                        .random = random,
                        .backward_follows = backward_follows});
    return output_;
  }

  /// The same as in a plan that has prepared the weights.
  const Tensor& forward_prepared() {
    const std::vector<ConstView> inputs(views());
    std::vector<Shape> shapes;
    for (const ConstView& input : inputs) shapes.push_back(input.shape);
    prepared_.resize(static_cast<size_t>(operation_.prepared_floats(shapes)));
    if (!prepared_.empty()) operation_.prepare(inputs, prepared_);
    return forward();
  }

  /// The gradients of all inputs, after forward(). What the operation says it does not read, it does not get.
  /// With `take` that of one input goes there; that of the input `frozen` is not asked for.
  std::vector<Tensor> backward(const Tensor& output_gradient, TakeGradient take = {},
                               std::optional<size_t> frozen = {}) {
    std::vector<ConstView> inputs(views());
    std::vector<Tensor> gradients;
    std::vector<View> gradient_views;
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (!operation_.backward_reads_input(i)) inputs[i].data = nullptr;
      gradients.emplace_back(inputs_[i].shape());
    }
    for (Tensor& gradient : gradients) gradient_views.push_back(gradient.view());
    if (take) gradient_views.at(operation_.gradient_in_pieces().value()).data = nullptr;
    if (frozen) gradient_views.at(*frozen).data = nullptr;
    ConstView output = output_.view();
    if (!operation_.backward_reads_output()) output.data = nullptr;
    operation_.backward({.inputs = inputs,
                         .output = output,
                         .output_gradient = output_gradient.view(),
                         .input_gradients = gradient_views,
                         .saved = saved_,
                         .scratch = scratch_,
                         .random = random,
                         .take_gradient = take});
    return gradients;
  }

  Tensor& input(size_t index) { return inputs_.at(index); }
  const std::vector<Tensor>& state() const { return state_; }

  RandomKey random;
  bool backward_follows = true;

 private:
  std::vector<ConstView> views() const {
    std::vector<ConstView> all;
    for (const Tensor& input : inputs_) all.push_back(input.view());
    return all;
  }

  const Operation& operation_;
  std::vector<Tensor> inputs_;
  std::vector<Tensor> state_;
  Tensor output_;
  std::vector<float> saved_;
  std::vector<float> scratch_;
  std::vector<float> prepared_;
};

}  // namespace antler::ops
