// Model::fit: what is checked, and where the data come from, before the loop begins.
#include <cmath>
#include <memory>

#include "antler/core/error.h"
#include "antler/models/data_checks.h"
#include "antler/models/dataset_batches.h"
#include "antler/models/sample_weights.h"
#include "antler/models/tensor_batches.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

void check_options(const FitOptions& options) {
  check_batch_size(options.batch_size);
  check_steps(options.steps_per_epoch);
  check_steps(options.validation_steps);
  if (options.validation_batch_size < 0) check_batch_size(options.validation_batch_size);
  const int* every = std::get_if<int>(&options.validation_freq);
  if (every && *every < 1) throw Error("the validation frequency is {}; expected 1 or more", *every);
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

TensorBatchesOptions validation_options(const FitOptions& options, const Tensor& weights) {
  const int64_t batch_size =
      options.validation_batch_size > 0 ? options.validation_batch_size : options.batch_size;
  return {.batch_size = batch_size,
          .sample_weights = {weights.span().begin(), weights.span().end()},
          .steps = options.validation_steps};
}

// Null where there are no validation data.
std::unique_ptr<Batches> validation_batches(const Model& model, const FitOptions& options) {
  if (!options.validation_data) return nullptr;
  const ValidationData& data = *options.validation_data;
  if (data.dataset) {
    auto batches = std::make_unique<DatasetBatches>(model, *data.dataset,
                                                    DatasetBatchesOptions{.steps = options.validation_steps});
    batches->check_first();
    return batches;
  }
  check_inputs(model, data.x);
  check_targets(model, data.x, data.y);
  check_sample_weights(data.x, data.sample_weight);
  return std::make_unique<TensorBatches>(Rows{data.x, data.y, 0, data.x.front().rows()},
                                         validation_options(options, data.sample_weight));
}

}  // namespace

History Model::fit(const Tensors& x, const Tensors& y, const FitOptions& options) {
  if (x.size() == 1) state_->build_for(x.front().shape());
  check_inputs(*this, x);
  check_targets(*this, x, y);
  check_options(options);
  if (options.validation_data && options.validation_split != 0.0)
    throw Error("both a validation split and validation data were given");
  const int64_t rows = x.front().rows();
  const int64_t split = training_rows(rows, options.validation_split);
  TensorBatches training({x, y, 0, split},
                         {.batch_size = options.batch_size,
                          .sample_weights = sample_weights(x, y, options.sample_weight, options.class_weight),
                          .shuffle_seed = options.shuffle ? std::optional(state_->seed) : std::nullopt,
                          .steps = options.steps_per_epoch});
  std::unique_ptr<Batches> validation = validation_batches(*this, options);
  if (split < rows) {
    validation = std::make_unique<TensorBatches>(Rows{x, y, split, rows},
                                                 validation_options(options, options.sample_weight));
  }
  return Trainer(*this, *state_, training, validation.get(), options).run();
}

History Model::fit(const Dataset& data, const FitOptions& options) {
  check_options(options);
  if (options.validation_split != 0.0)
    throw Error("a validation split of a dataset was asked for; expected tensors, or validation data");
  if (!options.sample_weight.empty())
    throw Error("sample weights were given beside a dataset; expected them in its batches");
  DatasetBatches training(*this, data,
                          {.steps = options.steps_per_epoch, .class_weight = options.class_weight});
  if (training.first().x.size() == 1) state_->build_for(training.first().x.front().shape());
  training.check_first();
  const std::unique_ptr<Batches> validation = validation_batches(*this, options);
  return Trainer(*this, *state_, training, validation.get(), options).run();
}

}  // namespace antler
