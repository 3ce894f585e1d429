// Model::fit, evaluate and predict: what is checked before the loops begin.
#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/data/argmax.h"
#include "antler/models/inference.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

void check_batch_size(int64_t batch_size) {
  if (batch_size < 1) throw Error("the batch size is {}; expected 1 or more", batch_size);
}

bool fits(const Shape& data, const Shape& expected) {
  if (data.rank() != expected.rank()) return false;
  for (int axis = 1; axis < expected.rank(); ++axis) {
    if (expected[axis] != Shape::unknown && expected[axis] != data[axis]) return false;
  }
  return true;
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
      throw Error("the data have the shape {}; the model expects {}", shape.to_string(),
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

Rows validation_rows(const Model& model, const Tensors& x, const Tensors& y, int64_t split,
                     const FitOptions& options) {
  if (!options.validation_data) return {x, y, split, x.front().rows()};
  const auto& [more_x, more_y] = *options.validation_data;
  if (options.validation_split != 0.0) throw Error("both a validation split and validation data were given");
  check_inputs(model, more_x);
  check_targets(model, more_x, more_y);
  return {more_x, more_y, 0, more_x.front().rows()};
}

// The class of each row: a class number, or where a one-hot row has its largest element.
std::vector<int> classes_of(const Tensor& y) {
  if (y.size() == y.rows()) return {y.span().begin(), y.span().end()};
  return argmax(y);
}

// One weight a sample; empty where all count alike.
std::vector<float> sample_weights(const Tensors& y, const FitOptions& options) {
  const Tensor& given = options.sample_weight;
  if (!given.empty() && !options.class_weight.empty())
    throw Error("both sample weights and class weights were given");
  if (!given.empty() && given.size() != y.front().rows()) {
    throw Error("there are {} samples, but {} sample weights", y.front().rows(), given.size());
  }
  if (!given.empty()) return {given.span().begin(), given.span().end()};
  if (options.class_weight.empty()) return {};
  if (y.size() != 1) throw Error("class weights are for a model of one output; this one has {}", y.size());
  std::vector<float> weights;
  for (int label : classes_of(y.front())) {
    const auto found = options.class_weight.find(label);
    weights.push_back(found == options.class_weight.end() ? 1.0F : static_cast<float>(found->second));
  }
  return weights;
}

}  // namespace

History Model::fit(const Tensors& x, const Tensors& y, const FitOptions& options) {
  if (x.size() == 1) state_->build_for(x.front().shape());
  check_inputs(*this, x);
  check_targets(*this, x, y);
  check_batch_size(options.batch_size);
  const int64_t split = training_rows(x.front().rows(), options.validation_split);
  Trainer trainer(*state_, {x, y, 0, split}, validation_rows(*this, x, y, split, options),
                  sample_weights(y, options), options);
  return trainer.run();
}

callbacks::Logs Model::evaluate(const Tensors& x, const Tensors& y, const EvaluateOptions& options) {
  if (x.size() == 1) state_->build_for(x.front().shape());
  check_inputs(*this, x);
  check_targets(*this, x, y);
  check_batch_size(options.batch_size);
  const int64_t rows = x.front().rows();
  visual::ProgressBar progress((rows + options.batch_size - 1) / options.batch_size, options.verbose);
  const callbacks::Logs logs = score(*state_, {x, y, 0, rows}, options.batch_size, &progress).logs();
  progress.finish(logs);
  return logs;
}

std::vector<Tensor> Model::predict_outputs(const Tensors& x, const PredictOptions& options) {
  if (x.size() == 1) state_->build_for(x.front().shape());
  check_inputs(*this, x);
  check_batch_size(options.batch_size);
  const int64_t rows = x.front().rows();
  std::vector<Tensor> predictions;
  for (Source output : outputs())
    predictions.push_back(Tensor::uninitialized(shape_of(output).without_batch().with_batch(rows)));
  visual::ProgressBar progress((rows + options.batch_size - 1) / options.batch_size, options.verbose);
  int64_t done = 0;
  for_each_batch(*state_, {x, {}, 0, rows}, options.batch_size, [&](const Step& step, int64_t first) {
    for (size_t i = 0; i < predictions.size(); ++i) {
      const int64_t row_floats = predictions[i].size() / rows;
      std::ranges::copy(step.predictions(i).span(), predictions[i].data() + first * row_floats);
    }
    progress.update(++done, {});
  });
  progress.finish({});
  return predictions;
}

Tensor Model::predict(const Tensors& x, const PredictOptions& options) {
  std::vector<Tensor> predictions = predict_outputs(x, options);
  if (predictions.size() != 1)
    throw Error("the model has {} outputs; predict_outputs() gives them all", predictions.size());
  return std::move(predictions.front());
}

std::vector<int> Model::predict_classes(const Tensors& x, const PredictOptions& options) {
  const Tensor predictions = predict(x, options);
  if (predictions.size() != predictions.rows()) return argmax(predictions);
  std::vector<int> labels;
  for (float score : predictions.span()) labels.push_back(score > 0.5F ? 1 : 0);
  return labels;
}

}  // namespace antler
