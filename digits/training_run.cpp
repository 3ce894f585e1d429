#include "digits/training_run.h"

#include <cmath>
#include <memory>
#include <numeric>

#include "antler/callbacks/lambda_callback.h"
#include "antler/callbacks/stop_on_interrupt.h"
#include "antler/core/error.h"
#include "antler/data/rows.h"
#include "antler/data/to_categorical.h"
#include "antler/models/distillation.h"
#include "antler/models/renew_normalization.h"

namespace antler::digits {
namespace {

constexpr DistillationOptions teaching;

// The number of updates made, and of samples seen in the cut epoch, tell how long the run's epochs and
// batches were.
void check_epochs(const Model& model, const TrainingProgress& progress, const Plan& plan, int64_t steps,
                  const std::string& source) {
  const int64_t updates = model.optimizer().state().iterations - progress.batch;
  const double samples = static_cast<double>(progress.batch * plan.batch_size);
  const bool same_steps = updates == progress.epoch * steps;
  const bool same_batch =
      progress.batch == 0 || (!progress.sums.empty() && progress.sums.front().at(1) == samples);
  if (!same_steps || !same_batch) {
    throw Error(
        "{}: the run to go on with had other data, batch size or validation split: it made {} updates in {} "
        "epochs and {} batches, but an epoch now has {} batches of {} rows",
        source, updates + progress.batch, progress.epoch, progress.batch, steps, plan.batch_size);
  }
}

// A schedule is drawn up for one recipe and one number of epochs.
void check_recipe(const Model& model, const Plan& plan, int64_t rows, const std::string& source) {
  const int64_t updates = updates_of(plan, rows);
  const Sequential planned = make_network(plan.recipe, model.seed(), updates);
  const auto rate = [](const Model& of, int64_t step) {
    return of.optimizer().options().learning_rate.at(step);
  };
  bool same = planned.count_params() == model.count_params();
  for (const int64_t step : {int64_t{0}, updates / 2, updates - 1})
    same = same && std::abs(rate(planned, step) - rate(model, step)) <= 1e-5 * rate(planned, step);
  if (!same) {
    throw Error("{}: the run to go on with follows another plan than the recipe '{}' with {} epochs", source,
                plan.recipe.name, plan.epochs);
  }
}

Dataset training_data(const Model& model, const Plan& plan, const Rows& rows) {
  Dataset data =
      Dataset::from_tensor_slices(rows.x, rows.y).shuffle(rows.x.rows(), model.seed()).batch(plan.batch_size);
  if (plan.recipe.augmentation) data = data.map(augment::images(*plan.recipe.augmentation, model.seed()));
  if (plan.teacher) data = data.map(taught_by(*plan.teacher, teaching));
  return data.prefetch(2);
}

History fit(Model& model, const Plan& plan, const Rows& rows, const callbacks::CallbackList& watchers) {
  FitOptions how{.batch_size = plan.batch_size,
                 .epochs = plan.epochs,
                 .verbose = plan.verbose,
                 .callbacks = watchers,
                 .resume = model.training_progress(),
                 .profile = plan.profile};
  if (rows.has_validation()) how.validation_data = ValidationData(rows.validation_x, rows.validation_y);
  if (!plan.recipe.validates_each_epoch) how.validation_freq = plan.epochs;
  if (plan.recipe.augmentation || plan.teacher) return model.fit(training_data(model, plan, rows), how);
  return model.fit(rows.x, rows.y, how);
}

// The last epoch validated the weights as the training left them.
void validate_again(Model& model, const Rows& rows, History& history) {
  for (const auto& [name, value] : model.evaluate(rows.validation_x, rows.validation_y, {.verbose = 0})) {
    for (auto& [key, values] : history.history) {
      if (key == "val_" + name && !values.empty()) values.back() = value;
    }
  }
}

// Enough to know the mean and the variance of a channel by, and a pass over all would take as long as a third
// of an epoch.
Dataset some_of(const Tensor& x, uint64_t seed) {
  return Dataset::from_tensor_slices(x).shuffle(x.rows(), seed).take(10'000);
}

void finish(Model& model, const Plan& plan, const Rows& rows, History& history) {
  const bool is_averaged = model.optimizer().options().use_ema;
  if (is_averaged) renew_normalization(model, some_of(rows.x, model.seed()).batch(plan.batch_size));
  if (plan.teacher) sharpen(model, teaching.temperature);
  if ((is_averaged || plan.teacher) && rows.has_validation()) validate_again(model, rows, history);
  model.set_training_progress(
      TrainingProgress{.epoch = plan.epochs, .batch = 0, .sums = {}, .history = history});
}

}  // namespace

Split split_of(const Tensor& labels, double validation_split, uint64_t seed) {
  if (validation_split > 0.0) return stratified_split(labels, validation_split, seed);
  Split all{.training = std::vector<int64_t>(static_cast<size_t>(labels.rows()))};
  std::iota(all.training.begin(), all.training.end(), 0);
  return all;
}

Rows split_rows(const Digits& digits, double validation_split, uint64_t seed) {
  const Split split = split_of(digits.labels, validation_split, seed);
  const auto rows_of = [&](const Tensor& tensor, std::span<const int64_t> numbers) {
    return numbers.empty() ? Tensor() : gather_rows(tensor, numbers);
  };
  const Tensor labels = to_categorical(digits.labels, 10);
  return {.x = rows_of(digits.images, split.training),
          .y = rows_of(labels, split.training),
          .validation_x = rows_of(digits.images, split.held_out),
          .validation_y = rows_of(labels, split.held_out)};
}

int64_t steps_per_epoch(const Plan& plan, int64_t rows) {
  return (rows + plan.batch_size - 1) / plan.batch_size;
}

int64_t updates_of(const Plan& plan, int64_t rows) {
  return plan.epochs * steps_per_epoch(plan, rows);
}

double Attempt::validation_accuracy() const {
  const std::string key = "val_accuracy";
  return history.contains(key) && !history[key].empty() ? history[key].back() : 0.0;
}

Attempt run(Model model, const Plan& plan, const Rows& rows, const std::string& source,
            const callbacks::CallbackList& more) {
  if (const auto& progress = model.training_progress()) {
    check_epochs(model, *progress, plan, steps_per_epoch(plan, rows.x.rows()), source);
    check_recipe(model, plan, rows.x.rows(), source);
    if (progress->epoch >= plan.epochs) {
      History history = progress->history;
      return {.model = std::move(model), .history = std::move(history)};
    }
  }
  const auto stop = plan.stop_on_interrupt ? std::make_shared<callbacks::StopOnInterrupt>() : nullptr;
  callbacks::CallbackList watchers = more;
  if (stop) watchers.push_back(stop);
  History history = fit(model, plan, rows, watchers);
  if (!history.stopped) finish(model, plan, rows, history);
  return {
      .model = std::move(model), .history = std::move(history), .interrupted = stop && stop->interrupted()};
}

}  // namespace antler::digits
