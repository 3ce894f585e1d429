#include "antler/models/data_checks.h"

#include "antler/core/error.h"

namespace antler {
namespace {

bool fits(const Shape& data, const Shape& expected) {
  if (data.rank() != expected.rank()) return false;
  for (int axis = 1; axis < expected.rank(); ++axis) {
    if (expected[axis] != Shape::unknown && expected[axis] != data[axis]) return false;
  }
  return true;
}

}  // namespace

void check_batch_size(int64_t batch_size) {
  if (batch_size < 1) throw Error("the batch size is {}; expected 1 or more", batch_size);
}

void check_steps(int64_t steps) {
  if (steps < 0) throw Error("{} steps were asked for; expected 1 or more, or 0 for all", steps);
}

void check_inputs(const Model& model, const Tensors& x) {
  if (x.size() != model.inputs().size()) {
    throw Error("{} tensors were given for a model of {} inputs", x.size(), model.inputs().size());
  }
  for (size_t i = 0; i < x.size(); ++i) {
    const Shape& shape = x[i].shape();
    const Shape& expected = model.shape_of(model.inputs()[i]);
    if (x[i].empty()) throw Error("there are no samples: the data have the shape {}", shape.to_string());
    if (!fits(shape, expected)) {
      const std::string which =
          x.size() > 1
              ? " of input '" + model.calls()[static_cast<size_t>(model.inputs()[i])].layer.name() + "'"
              : "";
      throw Error("the data{} have the shape {}; the model expects {}", which, shape.to_string(),
                  expected.to_string());
    }
    if (x[i].rows() != x[0].rows())
      throw Error("the inputs have {} and {} samples", x[0].rows(), x[i].rows());
  }
}

void check_targets(const Model& model, const Tensors& x, const Tensors& y) {
  if (!model.is_compiled())
    throw Error("the model is not compiled: call compile() with an optimizer and a loss first");
  if (y.size() != model.outputs().size()) {
    throw Error("targets for {} outputs were given to a model of {}", y.size(), model.outputs().size());
  }
  for (size_t i = 0; i < y.size(); ++i) {
    if (y[i].shape().rank() == 0 || y[i].rows() != x.front().rows()) {
      throw Error("there are {} samples, but targets of shape {}", x.front().rows(),
                  y[i].shape().to_string());
    }
  }
}

void check_sample_weights(const Tensors& x, const Tensor& sample_weight) {
  if (!sample_weight.empty() && sample_weight.size() != x.front().rows()) {
    throw Error("there are {} samples, but {} sample weights", x.front().rows(), sample_weight.size());
  }
}

}  // namespace antler
