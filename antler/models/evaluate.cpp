// Model::evaluate.
#include "antler/models/data_checks.h"
#include "antler/models/dataset_batches.h"
#include "antler/models/inference.h"
#include "antler/models/model_in_run.h"
#include "antler/models/model_state.h"
#include "antler/models/tensor_batches.h"

namespace antler {
namespace {

callbacks::Logs evaluated(Model& model, const Model::State& state, Batches& data,
                          const EvaluateOptions& options) {
  ModelInRun watched(model);
  Watchers watchers(options.callbacks, {.epochs = 1, .steps = data.steps(), .model = &watched});
  visual::ProgressBar progress(data.steps(), options.verbose);
  callbacks::Logs logs = score(state, data, watchers, &progress);
  progress.finish(logs);
  return logs;
}

}  // namespace

callbacks::Logs Model::evaluate(const Tensors& x, const Tensors& y, const EvaluateOptions& options) {
  if (x.size() == 1) state_->build_for(x.front().shape());
  check_inputs(*this, x);
  check_targets(*this, x, y);
  check_batch_size(options.batch_size);
  check_steps(options.steps);
  check_sample_weights(x, options.sample_weight);
  const std::span<const float> weights = options.sample_weight.span();
  TensorBatches data({x, y, 0, x.front().rows()}, {.batch_size = options.batch_size,
                                                   .sample_weights = {weights.begin(), weights.end()},
                                                   .steps = options.steps});
  return evaluated(*this, *state_, data, options);
}

callbacks::Logs Model::evaluate(const Dataset& dataset, const EvaluateOptions& options) {
  check_steps(options.steps);
  DatasetBatches data(*this, dataset, {.steps = options.steps});
  if (data.first().x.size() == 1) state_->build_for(data.first().x.front().shape());
  data.check_first();
  return evaluated(*this, *state_, data, options);
}

}  // namespace antler
