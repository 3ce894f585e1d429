// Model::predict and its kin.
#include <algorithm>
#include <mutex>

#include "antler/core/error.h"
#include "antler/data/argmax.h"
#include "antler/models/data_checks.h"
#include "antler/models/dataset_batches.h"
#include "antler/models/inference.h"
#include "antler/models/model_in_run.h"
#include "antler/models/model_state.h"
#include "antler/models/predict_rows.h"
#include "antler/models/tensor_batches.h"

namespace antler {
namespace {

using callbacks::Callback;

/// Runs the model over `data`, telling the callbacks; take(predictions of each output) after each batch.
void for_each_prediction(Model& model, const Model::State& state, Batches& data,
                         const PredictOptions& options,
                         const std::function<void(const std::vector<ConstView>&)>& take) {
  ModelInRun watched(model);
  Watchers watchers(options.callbacks, {.epochs = 1, .steps = data.steps(), .model = &watched});
  visual::ProgressBar progress(data.steps(), options.verbose);
  watchers.tell(&Callback::on_predict_begin);
  const auto begin = [&](int64_t number) { watchers.tell(&Callback::on_predict_batch_begin, number); };
  const auto end = [&](const Step& step, const BatchView& /*batch*/, int64_t number) {
    std::vector<ConstView> outputs;
    for (size_t i = 0; i < step.outputs(); ++i) outputs.push_back(step.predictions(i));
    take(outputs);
    watchers.tell(&Callback::on_predict_batch_end, number, outputs);
    progress.update(number + 1, {});
  };
  for_each_batch(state, data, {.begin = begin, .end = end, .may_change_weights = !options.callbacks.empty()});
  watchers.tell(&Callback::on_predict_end);
  progress.finish({});
}

// The same without callbacks; take(output, its predictions, first row) may be called by several threads.
template <typename Take>
void predict_unwatched(const Model::State& state, const RowsToPredict& rows, int verbose, const Take& take) {
  visual::ProgressBar progress((rows.count + rows.batch_size - 1) / rows.batch_size, verbose);
  std::mutex guard;
  int64_t done = 0;
  predict_rows(state, rows, [&](const Step& step, int64_t first_row) {
    for (size_t i = 0; i < step.outputs(); ++i) take(i, step.predictions(i), first_row);
    const std::scoped_lock lock(guard);
    progress.update(++done, {});
  });
  progress.finish({});
}

Tensor only_one(std::vector<Tensor> predictions) {
  if (predictions.size() != 1)
    throw Error("the model has {} outputs; predict_outputs() gives them all", predictions.size());
  return std::move(predictions.front());
}

}  // namespace

std::vector<Tensor> Model::predict_outputs(const Tensors& x, const PredictOptions& options) {
  if (x.size() == 1) state_->build_for(x.front().shape());
  check_inputs(*this, x);
  check_batch_size(options.batch_size);
  check_steps(options.steps);
  int64_t rows = x.front().rows();
  // Here and not in the loop, so that only rows that are predicted are left.
  if (options.steps > 0) rows = std::min(rows, options.steps * options.batch_size);
  std::vector<Tensor> predictions;
  for (Source output : outputs())
    predictions.push_back(Tensor::uninitialized(shape_of(output).without_batch().with_batch(rows)));
  const auto take = [&](size_t output, ConstView batch, int64_t first_row) {
    const int64_t row_floats = predictions[output].size() / rows;
    std::ranges::copy(batch.span(), predictions[output].data() + first_row * row_floats);
  };
  if (options.callbacks.empty()) {
    predict_unwatched(*state_, {.x = x, .count = rows, .batch_size = options.batch_size}, options.verbose,
                      take);
    return predictions;
  }
  TensorBatches data({x, {}, 0, rows}, {.batch_size = options.batch_size});
  int64_t done = 0;
  for_each_prediction(*this, *state_, data, options, [&](const std::vector<ConstView>& batch) {
    for (size_t i = 0; i < predictions.size(); ++i) take(i, batch[i], done);
    done += batch.front().shape[0];
  });
  return predictions;
}

std::vector<Tensor> Model::predict_outputs(const Dataset& dataset, const PredictOptions& options) {
  check_steps(options.steps);
  DatasetBatches data(*this, dataset, {.steps = options.steps, .with_targets = false});
  if (data.first().x.size() == 1) state_->build_for(data.first().x.front().shape());
  data.check_first();
  std::vector<std::vector<float>> values(outputs().size());
  int64_t rows = 0;
  for_each_prediction(*this, *state_, data, options, [&](const std::vector<ConstView>& batch) {
    for (size_t i = 0; i < values.size(); ++i)
      values[i].insert(values[i].end(), batch[i].span().begin(), batch[i].span().end());
    rows += batch.front().shape[0];
  });
  std::vector<Tensor> predictions;
  for (size_t i = 0; i < values.size(); ++i)
    predictions.emplace_back(shape_of(outputs()[i]).without_batch().with_batch(rows), values[i]);
  return predictions;
}

Tensor Model::predict(const Tensors& x, const PredictOptions& options) {
  return only_one(predict_outputs(x, options));
}

Tensor Model::predict(const Dataset& data, const PredictOptions& options) {
  return only_one(predict_outputs(data, options));
}

Tensor Model::predict_on_batch(const Tensors& x) {
  if (x.empty()) throw Error("no input was given");
  return predict(x, {.batch_size = std::max<int64_t>(x.front().rows(), 1)});
}

std::vector<int> Model::predict_classes(const Tensors& x, const PredictOptions& options) {
  const Tensor predictions = predict(x, options);
  if (predictions.size() != predictions.rows()) return argmax(predictions);
  std::vector<int> labels;
  for (float score : predictions.span()) labels.push_back(score > 0.5F ? 1 : 0);
  return labels;
}

}  // namespace antler
