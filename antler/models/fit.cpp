// Model::fit, evaluate and predict: what is checked before the loops begin.
#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/models/inference.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

void check_batch_size(int64_t batch_size) {
  if (batch_size < 1) throw Error("the batch size is {}; expected 1 or more", batch_size);
}

void check_inputs(const Model& model, const Tensor& x) {
  if (model.inputs().size() != 1 || model.outputs().size() != 1) {
    throw Error("the model has {} inputs and {} outputs; expected one each", model.inputs().size(), model.outputs().size());
  }
  if (x.empty()) throw Error("there are no samples: the data have the shape {}", x.shape().to_string());
  const Shape& expected = model.input_shape();
  bool fits = x.shape().rank() == expected.rank();
  for (int axis = 1; fits && axis < expected.rank(); ++axis) {
    fits = expected[axis] == Shape::unknown || expected[axis] == x.shape()[axis];
  }
  if (!fits) throw Error("the data have the shape {}; the model expects {}", x.shape().to_string(), expected.to_string());
}

void check_targets(const Model& model, const Tensor& x, const Tensor& y) {
  if (!model.is_compiled()) throw Error("the model is not compiled: call compile() with an optimizer and a loss first");
  if (y.shape().rank() == 0 || y.rows() != x.rows()) {
    throw Error("there are {} samples, but targets of shape {}", x.rows(), y.shape().to_string());
  }
}

// As Keras: the last rows, and never none of either.
int64_t training_rows(int64_t rows, double validation_split) {
  if (!(validation_split >= 0.0 && validation_split < 1.0)) {
    throw Error("the validation split is {}; expected 0 or more and less than 1", validation_split);
  }
  if (validation_split == 0.0) return rows;
  const auto count = static_cast<int64_t>(std::floor(static_cast<double>(rows) * (1.0 - validation_split)));
  if (count == 0 || count == rows) {
    throw Error("a validation split of {} of {} samples leaves none to {}", validation_split, rows,
                count == 0 ? "train on" : "validate on");
  }
  return count;
}

}  // namespace

History Model::fit(const Tensor& x, const Tensor& y, const FitOptions& options) {
  state_->build_for(x);
  check_inputs(*this, x);
  check_targets(*this, x, y);
  check_batch_size(options.batch_size);
  const int64_t split = training_rows(x.rows(), options.validation_split);
  Trainer trainer(*state_, {&x, &y, 0, split}, {&x, &y, split, x.rows()}, options);
  return trainer.run();
}

callbacks::Logs Model::evaluate(const Tensor& x, const Tensor& y, const EvaluateOptions& options) {
  state_->build_for(x);
  check_inputs(*this, x);
  check_targets(*this, x, y);
  check_batch_size(options.batch_size);
  visual::ProgressBar progress((x.rows() + options.batch_size - 1) / options.batch_size, options.verbose);
  const callbacks::Logs logs = score(*state_, {&x, &y, 0, x.rows()}, options.batch_size, &progress).logs();
  progress.finish(logs);
  return logs;
}

Tensor Model::predict(const Tensor& x, const PredictOptions& options) {
  state_->build_for(x);
  check_inputs(*this, x);
  check_batch_size(options.batch_size);
  Shape shape = output_shape();
  shape[0] = x.rows();
  Tensor predictions = Tensor::uninitialized(shape);
  const int64_t row_floats = predictions.size() / predictions.rows();
  visual::ProgressBar progress((x.rows() + options.batch_size - 1) / options.batch_size, options.verbose);
  int64_t done = 0;
  for_each_batch(*state_, {&x, nullptr, 0, x.rows()}, options.batch_size, [&](const Step& step, int64_t first) {
    std::ranges::copy(step.predictions().span(), predictions.data() + first * row_floats);
    progress.update(++done, {});
  });
  progress.finish({});
  return predictions;
}

std::vector<int> Model::predict_classes(const Tensor& x, const PredictOptions& options) {
  const Tensor predictions = predict(x, options);
  const int64_t classes = predictions.size() / predictions.rows();
  std::vector<int> labels;
  for (int64_t row = 0; row < predictions.rows(); ++row) {
    const auto scores = predictions.span().subspan(static_cast<size_t>(row * classes), static_cast<size_t>(classes));
    labels.push_back(classes == 1 ? static_cast<int>(scores[0] > 0.5F)
                                  : static_cast<int>(std::ranges::max_element(scores) - scores.begin()));
  }
  return labels;
}

}  // namespace antler
