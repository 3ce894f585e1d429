#include "antler/models/trainer.h"

#include <algorithm>
#include <chrono>

#include "antler/core/error.h"
#include "antler/models/inference.h"

namespace antler {

using callbacks::Callback;

void Trainer::ModelInFit::save(const std::filesystem::path& path) const {
  model_.set_training_progress(trainer_.progress());
  model_.save(path);
  model_.set_training_progress({});
}

Json Trainer::ModelInFit::progress() const {
  Json progress = trainer_.progress().to_json();
  progress["seed"] = model_.seed();
  progress["learning_rate"] = model_.optimizer().learning_rate();
  return progress;
}

void Trainer::ModelInFit::go_on_from(const Json& progress) {
  try {
    trainer_.go_on_from(TrainingProgress::from_json(progress));
    model_.set_seed(progress.value("seed", model_.seed()));
    // Exactly: files of weights hold it as float32.
    model_.optimizer().set_learning_rate(progress.value("learning_rate", model_.optimizer().learning_rate()));
  } catch (const Json::exception& error) {
    throw Error("what a callback kept of a training run is damaged: {}", error.what());
  }
}

Trainer::Trainer(Model& model, Model::State& state, Batches& training, Batches* validation,
                 const FitOptions& options)
    : state_(state),
      training_(training),
      validation_(validation),
      options_(options),
      steps_(state, training.target_shapes(), options.profile),
      scores_(state, training.target_shapes()),
      watched_(model, *this),
      watchers_(options.callbacks, {.epochs = options.epochs, .steps = training.steps(), .model = &watched_}),
      at_{.epoch = options.initial_epoch} {}

TrainingProgress Trainer::progress() const {
  TrainingProgress now{.epoch = at_.epoch, .batch = at_.batch, .history = at_.history};
  if (ending_) {
    now.history.append(now.epoch++, *ending_, ending_seconds_);
    now.batch = 0;
  }
  if (now.batch > 0) now.sums = scores_.sums();
  for (const auto& callback : options_.callbacks) {
    Json state = callback->state();
    if (!state.is_null()) now.callbacks.push_back(std::move(state));
  }
  return now;
}

void Trainer::go_on_from(TrainingProgress progress) {
  const int64_t steps = training_.steps();
  if (steps > 0 && progress.batch > steps)
    throw Error("a training run was cut after batch {}; an epoch has {}", progress.batch, steps);
  if (progress.batch > 0) scores_.restore(progress.sums);
  at_ = std::move(progress);
}

void Trainer::begin() {
  if (options_.resume) go_on_from(*options_.resume);
  state_.progress.reset();
  watchers_.tell(&Callback::on_train_begin);
  restore_callbacks();
  at_.history.stopped = false;
}

void Trainer::restore_callbacks() {
  std::vector<Json> states = std::move(at_.callbacks);
  try {
    for (const auto& callback : options_.callbacks) {
      const auto own =
          std::ranges::find_if(states, [&](const Json& each) { return callback->restore(each); });
      if (own != states.end()) states.erase(own);
    }
  } catch (const Json::exception& error) {
    throw Error("what a callback kept of a training run is damaged: {}", error.what());
  }
}

History Trainer::run() {
  begin();
  bool is_cut = false;
  while (!is_cut && at_.epoch < options_.epochs && !watchers_.run.stop_training && !watchers_.run.cut)
    is_cut = !run_epoch();
  if (is_cut || at_.epoch < options_.epochs) state_.progress = progress();
  if (!is_cut && !watchers_.run.cut && options_.epochs > 0) steps_.finish();
  at_.history.stopped = at_.history.stopped || state_.progress.has_value();
  watchers_.tell(&Callback::on_train_end, last_logs_);
  return at_.history;
}

bool Trainer::run_epoch() {
  const auto start = std::chrono::steady_clock::now();
  watchers_.run.steps = training_.steps();
  if (at_.batch == 0) scores_.reset();
  watchers_.tell(&Callback::on_epoch_begin, at_.epoch);
  visual::ProgressBar progress(watchers_.run.steps, options_.verbose, at_.epoch, options_.epochs);
  if (!run_batches(progress)) return false;
  callbacks::Logs logs = scores_.logs();
  const callbacks::Logs more = validate();
  logs.insert(logs.end(), more.begin(), more.end());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  end_epoch(std::move(logs), seconds.count(), progress);
  return true;
}

bool Trainer::run_batches(visual::ProgressBar& progress) {
  callbacks::Run& run = watchers_.run;
  training_.begin_epoch({.epoch = at_.epoch,
                         .epochs_before = at_.epoch - options_.initial_epoch,
                         .first_batch = at_.batch,
                         .updates = state_.compiled->optimizer.state().iterations});
  while (training_.has_next()) {
    watchers_.tell(&Callback::on_train_batch_begin, at_.batch);
    const BatchView& view = next_batch();
    const Step& step = steps_.train_on(view);
    ++at_.batch;
    count(step, view, progress);
    if (run.cut && training_.has_next()) return false;
    if (run.stop_training) {
      at_.history.stopped = training_.has_next();
      break;
    }
  }
  return true;
}

const BatchView& Trainer::next_batch() {
  const ProfiledRun time(measured("batches"));
  return training_.next();
}

void Trainer::count(const Step& step, const BatchView& view, visual::ProgressBar& progress) {
  const ProfiledRun time(measured("metrics and callbacks"));
  scores_.update(step, view.y, view.sample_weights);
  const callbacks::Logs logs = scores_.logs();
  watchers_.tell(&Callback::on_train_batch_end, at_.batch - 1, logs);
  progress.update(at_.batch, logs);
}

bool Trainer::is_validated() const {
  if (!validation_) return false;
  const int number = at_.epoch + 1;
  if (const int* every = std::get_if<int>(&options_.validation_freq)) return number % *every == 0;
  const auto& numbers = std::get<std::vector<int>>(options_.validation_freq);
  return std::ranges::find(numbers, number) != numbers.end();
}

callbacks::Logs Trainer::validate() {
  if (!is_validated()) return {};
  const ProfiledRun time(measured("validation"));
  callbacks::Logs logs = score(state_, *validation_, watchers_);
  for (auto& [name, value] : logs) name = "val_" + name;
  return logs;
}

void Trainer::end_epoch(callbacks::Logs logs, double seconds, visual::ProgressBar& progress) {
  ending_ = &logs;
  ending_seconds_ = seconds;
  watchers_.tell(&Callback::on_epoch_end, at_.epoch, logs);
  ending_ = nullptr;
  at_.history.append(at_.epoch, logs, seconds);
  progress.finish(logs);
  ++at_.epoch;
  at_.batch = 0;
  last_logs_ = std::move(logs);
}

}  // namespace antler
