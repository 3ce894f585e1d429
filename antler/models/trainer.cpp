#include "antler/models/trainer.h"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/data/rows.h"

namespace antler {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<Tensor> batch_buffers(const Tensors& tensors, int64_t batch) {
  std::vector<Tensor> buffers;
  for (size_t i = 0; i < tensors.size(); ++i) {
    buffers.push_back(Tensor::uninitialized(tensors[i].shape().without_batch().with_batch(batch)));
  }
  return buffers;
}

std::vector<const float*> gather(const Tensors& from, std::span<const int64_t> rows,
                                 std::vector<Tensor>& to) {
  std::vector<const float*> pointers;
  for (size_t i = 0; i < to.size(); ++i) {
    gather_rows(from[i], rows, to[i].data());
    pointers.push_back(to[i].data());
  }
  return pointers;
}

}  // namespace

Trainer::Trainer(Model::State& model, const Rows& training, const Rows& validation,
                 std::vector<float> sample_weights, const FitOptions& options)
    : model_(model),
      training_(training),
      validation_(validation),
      sample_weights_(std::move(sample_weights)),
      options_(options),
      weights_(model.trainable_weights()),
      scores_(model, training.target_shapes()),
      run_{.epochs = options.epochs, .steps = steps()},
      x_batch_(batch_buffers(training.x, std::min(options.batch_size, training.count()))),
      y_batch_(batch_buffers(training.y, std::min(options.batch_size, training.count()))) {}

int64_t Trainer::steps() const {
  return (training_.count() + options_.batch_size - 1) / options_.batch_size;
}

Step& Trainer::step_of_size(int64_t batch) {
  const StepOptions options{.batch = batch, .training = true, .targets = training_.target_shapes()};
  const auto known = steps_by_size_.find(batch);
  return known != steps_by_size_.end() ? known->second
                                       : steps_by_size_.try_emplace(batch, model_, options).first->second;
}

// Shuffled by the number of updates before the epoch, which no two epochs of a model's life share.
void Trainer::order_rows(int64_t first_batch) {
  order_.resize(static_cast<size_t>(training_.count()));
  std::iota(order_.begin(), order_.end(), training_.begin);
  if (!options_.shuffle) return;
  const auto updates = static_cast<uint64_t>(model_.compiled->optimizer.state().iterations - first_batch);
  order_ = RandomStream(model_.seed, stream_of("shuffle"), updates).permutation(training_.count());
  for (int64_t& row : order_) row += training_.begin;
}

void Trainer::train_on(int64_t batch) {
  optimizers::Optimizer& optimizer = model_.compiled->optimizer;
  const int64_t first = batch * options_.batch_size;
  const int64_t count = std::min(options_.batch_size, training_.count() - first);
  const auto rows = std::span(order_).subspan(static_cast<size_t>(first), static_cast<size_t>(count));
  const std::vector<const float*> x = gather(training_.x, rows, x_batch_);
  const std::vector<const float*> y = gather(training_.y, rows, y_batch_);
  weights_batch_.clear();
  if (!sample_weights_.empty()) {
    for (int64_t row : rows) weights_batch_.push_back(sample_weights_[static_cast<size_t>(row)]);
  }

  Step& step = step_of_size(count);
  const ops::RandomKey random{.seed = model_.seed,
                              .step = static_cast<uint64_t>(optimizer.state().iterations)};
  step.forward(x, y, random);
  step.backward(random, weights_batch_);
  std::vector<View> weights;
  for (layers::Weight* weight : weights_) weights.push_back(weight->value.view());
  optimizer.apply(weights, step.gradients());
  for (layers::Weight* weight : weights_) {
    if (weight->constraint) weight->constraint.apply(weight->value.view());
  }
  std::vector<ConstView> targets;
  for (const Tensor& each : y_batch_) targets.push_back(each.rows(0, count));
  scores_.update(step, targets, weights_batch_);
}

bool Trainer::run_batches(int epoch, int64_t first_batch, visual::ProgressBar& progress) {
  order_rows(first_batch);
  for (int64_t batch = first_batch; batch < run_.steps; ++batch) {
    train_on(batch);
    const callbacks::Logs logs = scores_.logs();
    progress.update(batch + 1, logs);
    for (const auto& callback : options_.callbacks) callback->on_batch_end(run_, batch, logs);
    if (run_.stop_training && batch + 1 < run_.steps) {
      model_.progress =
          TrainingProgress{.epoch = epoch, .batch = batch + 1, .sums = scores_.sums(), .history = history_};
      return false;
    }
  }
  return true;
}

callbacks::Logs Trainer::end_epoch() {
  callbacks::Logs logs = scores_.logs();
  if (validation_.count() > 0) {
    const callbacks::Logs more = score(model_, validation_, options_.batch_size).logs("val_");
    logs.insert(logs.end(), more.begin(), more.end());
  }
  return logs;
}

History Trainer::run() {
  int epoch = options_.initial_epoch;
  int64_t first_batch = 0;
  if (options_.resume) {
    epoch = options_.resume->epoch;
    first_batch = options_.resume->batch;
    history_ = options_.resume->history;
    if (first_batch >= run_.steps)
      throw Error("a training run was cut after batch {}; an epoch has {}", first_batch, run_.steps);
    if (first_batch > 0) scores_.restore(options_.resume->sums);
  }
  model_.progress.reset();
  history_.stopped = false;
  callbacks::Logs logs;
  for (const auto& callback : options_.callbacks) callback->on_train_begin(run_);
  for (; epoch < options_.epochs && !run_.stop_training; ++epoch, first_batch = 0) {
    const auto start = std::chrono::steady_clock::now();
    visual::ProgressBar progress(run_.steps, options_.verbose, epoch, options_.epochs);
    if (first_batch == 0) scores_.reset();
    for (const auto& callback : options_.callbacks) callback->on_epoch_begin(run_, epoch);
    if (!run_batches(epoch, first_batch, progress)) break;
    logs = end_epoch();
    history_.append(epoch, logs, seconds_since(start));
    progress.finish(logs);
    for (const auto& callback : options_.callbacks) callback->on_epoch_end(run_, epoch, logs);
    if (run_.stop_training && epoch + 1 < options_.epochs) {
      model_.progress = TrainingProgress{.epoch = epoch + 1, .batch = 0, .sums = {}, .history = history_};
    }
  }
  history_.stopped = model_.progress.has_value();
  for (const auto& callback : options_.callbacks) callback->on_train_end(run_, logs);
  return history_;
}

}  // namespace antler
