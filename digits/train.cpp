#include "digits/train.h"

#include <fmt/core.h>

#include <algorithm>

#include "antler/callbacks/lambda_callback.h"
#include "antler/callbacks/stop_on_interrupt.h"
#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/core/random.h"
#include "antler/data/rows.h"
#include "antler/data/to_categorical.h"
#include "antler/saving/saving.h"
#include "digits/dataset.h"
#include "digits/model_file.h"
#include "digits/recipe.h"

namespace antler::digits {
namespace {

struct Attempt {
  Model model;
  History history;
  bool interrupted = false;
};

// The number of updates made, and of samples seen in the cut epoch, tell how long the run's epochs and
// batches were.
void check_same_run(const Model& model, const TrainingProgress& progress, int64_t steps,
                    const TrainOptions& options) {
  const int64_t updates = model.optimizer().state().iterations - progress.batch;
  const double samples = static_cast<double>(progress.batch * options.batch_size);
  const bool same_steps = updates == progress.epoch * steps;
  const bool same_batch =
      progress.batch == 0 || (!progress.sums.empty() && progress.sums.front().at(1) == samples);
  if (!same_steps || !same_batch) {
    throw Error(
        "{}: the run to go on with had other data, batch size or validation split: it made {} updates in {} "
        "epochs and {} "
        "batches, but an epoch now has {} batches of {} rows",
        options.model.string(), updates + progress.batch, progress.epoch, progress.batch, steps,
        options.batch_size);
  }
}

Attempt fit(Model model, const Digits& digits, const TrainOptions& options) {
  const Digits data = shuffled(digits, model.seed());
  const auto progress = model.training_progress();
  const auto stop = options.stop_on_interrupt ? std::make_shared<callbacks::StopOnInterrupt>() : nullptr;
  const auto check = std::make_shared<callbacks::LambdaCallback>(
      callbacks::LambdaCallback::Functions{.on_train_begin = [&](callbacks::Run& run) {
        if (progress) check_same_run(model, *progress, run.steps, options);
      }});
  callbacks::CallbackList watchers = options.callbacks;
  if (stop) watchers.push_back(stop);
  watchers.push_back(check);
  const FitOptions how{.batch_size = options.batch_size,
                       .epochs = options.epochs,
                       .verbose = options.verbose,
                       .callbacks = watchers,
                       .validation_split = options.validation_split,
                       .resume = progress,
                       .profile = options.profile};
  History history = model.fit(data.images, to_categorical(data.labels, 10), how);
  if (!history.stopped) {
    model.set_training_progress(
        TrainingProgress{.epoch = options.epochs, .batch = 0, .sums = {}, .history = history});
  }
  return {
      .model = std::move(model), .history = std::move(history), .interrupted = stop && stop->interrupted()};
}

Model model_to_resume(const TrainOptions& options) {
  Model model = load_digit_model(options.model);
  const auto& progress = model.training_progress();
  if (!progress || !model.is_compiled()) {
    throw Error("{}: holds no training run to go on with; antler digits train writes one",
                options.model.string());
  }
  if (options.seed && *options.seed != model.seed()) {
    throw Error("{}: the run to go on with has the seed {}, not {}", options.model.string(), model.seed(),
                *options.seed);
  }
  if (progress->epoch >= options.epochs) {
    fmt::print("{}: all {} epochs are done already; ask for more with --epochs\n", options.model.string(),
               progress->epoch);
  }
  return model;
}

uint64_t seed_of_try(const TrainOptions& options, int number) {
  return options.seed ? *options.seed + static_cast<uint64_t>(number - 1) : random_seed();
}

Model model_of_try(const TrainOptions& options, int number) {
  if (options.resume && number == 1) return model_to_resume(options);
  const uint64_t seed = seed_of_try(options, number);
  Model model = make_recipe(options.recipe, seed);
  if (options.verbose > 0) {
    fmt::print("Seed {}: --seed {} gives this run again.\n", seed, seed);
    if (number == 1) model.summary();
  }
  return model;
}

// 0 without rows to validate on.
double validation_accuracy(const History& history) {
  const std::string key = "val_accuracy";
  return history.contains(key) && !history[key].empty() ? history[key].back() : 0.0;
}

std::string quoted(const std::string& word) {
  return word.find_first_of(" '\"$&;()*?") == std::string::npos ? word : fmt::format("'{}'", word);
}

void say_how_to_go_on(const TrainingProgress& progress, const TrainOptions& options) {
  fmt::print("Stopped after {} of {} epochs and {} batches; {} holds the model as it is now. To go on:\n",
             progress.epoch, options.epochs, progress.batch, options.model.string());
  fmt::print("  antler digits train {} -o {} --epochs {} --batch-size {} --validation-split {} --resume\n",
             quoted(options.csv.string()), quoted(options.model.string()), options.epochs, options.batch_size,
             options.validation_split);
}

// Says how a finished try went, and whether another one is to come.
bool wants_another_try(const Attempt& attempt, const History& best, int number, const TrainOptions& options) {
  const double accuracy = validation_accuracy(attempt.history);
  if (options.validation_split > 0.0) fmt::print("Validation accuracy: {:.4f}\n", accuracy);
  if (!options.until || accuracy >= *options.until || attempt.interrupted) return false;
  if (number < options.tries) {
    fmt::print("Below {}: training again from a fresh seed, try {} of {}.\n", *options.until, number + 1,
               options.tries);
    return true;
  }
  fmt::print("None of {} tries reached {}; the best had {:.4f}.\n", options.tries, *options.until,
             validation_accuracy(best));
  return false;
}

void check_outputs(const TrainOptions& options) {
  check_can_save(options.model);
  if (options.history) OutputFile{*options.history};
  if (options.until && options.validation_split == 0.0) {
    throw Error("no rows are left to validate on, so no accuracy can be reached: the validation split is 0");
  }
}

void keep(const Attempt& attempt, const TrainOptions& options) {
  attempt.model.save(options.model);
  if (options.history) write_file(*options.history, dump_json(attempt.history.to_json()) + "\n");
}

}  // namespace

// The order is the run's own: a resumed run finds it again by its seed.
Digits shuffled(const Digits& digits, uint64_t seed) {
  const auto order = RandomStream(seed, stream_of("rows of digits")).permutation(digits.images.rows());
  return {.images = gather_rows(digits.images, order), .labels = gather_rows(digits.labels, order)};
}

TrainResult train(const TrainOptions& options) {
  check_outputs(options);
  const Digits digits = read_digits(options.csv, Labels::required);
  std::optional<History> best;
  for (int number = 1;; ++number) {
    const Attempt attempt = fit(model_of_try(options, number), digits, options);
    const bool cut = attempt.history.stopped;
    if (cut && best) {
      fmt::print("Stopped; {} holds the best model of the tries before.\n", options.model.string());
      return {.history = *best, .interrupted = true};
    }
    if (!best || validation_accuracy(attempt.history) > validation_accuracy(*best)) {
      keep(attempt, options);
      best = attempt.history;
    }
    if (cut) {
      say_how_to_go_on(*attempt.model.training_progress(), options);
      return {.history = *best, .interrupted = true};
    }
    if (!wants_another_try(attempt, *best, number, options)) return {.history = *best};
  }
}

}  // namespace antler::digits
