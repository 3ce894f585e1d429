#include "digits/train.h"

#include <fmt/core.h>

#include "antler/core/error.h"
#include "antler/core/output_file.h"
#include "antler/core/random.h"
#include "antler/saving/saving.h"
#include "digits/dataset.h"
#include "digits/model_file.h"

namespace antler::digits {
namespace {

Model model_to_resume(const TrainOptions& options, const Plan& plan) {
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
  if (progress->epoch >= plan.epochs) {
    fmt::print("{}: all {} epochs are done already; ask for more with --epochs\n", options.model.string(),
               progress->epoch);
  }
  return model;
}

uint64_t seed_of_try(const TrainOptions& options, int number) {
  return options.seed ? *options.seed + static_cast<uint64_t>(number - 1) : random_seed();
}

Model new_model(const Plan& plan, const Rows& rows, uint64_t seed, bool shows_summary) {
  Model model = make_network(plan.recipe, seed, updates_of(plan, rows.x.rows()));
  if (plan.verbose > 0) {
    fmt::print("Seed {}: --seed {} gives this run again.\n", seed, seed);
    if (shows_summary) model.summary();
  }
  return model;
}

Attempt attempt(const TrainOptions& options, const Plan& plan, const Digits& digits, int number) {
  std::optional<Model> model;
  if (options.resume && number == 1) model = model_to_resume(options, plan);
  const uint64_t seed = model ? model->seed() : seed_of_try(options, number);
  const Rows rows = split_rows(digits, plan.validation_split, seed);
  if (!model) model = new_model(plan, rows, seed, number == 1);
  return run(*std::move(model), plan, rows, options.model.string(), options.callbacks);
}

void say_how_to_go_on(const TrainingProgress& progress, const TrainOptions& options, const Plan& plan) {
  fmt::print("Stopped after {} of {} epochs and {} batches; {} holds the model as it is now. To go on:\n",
             progress.epoch, plan.epochs, progress.batch, options.model.string());
  const std::string recipe = options.recipe == "lesson" ? "" : fmt::format(" --recipe {}", options.recipe);
  const std::string teacher =
      options.teacher ? fmt::format(" --teacher {}", quoted(options.teacher->string())) : "";
  fmt::print(
      "  antler digits train {}{} -o {}{} --epochs {} --batch-size {} --validation-split {} --resume\n",
      quoted(options.csv.string()), recipe, quoted(options.model.string()), teacher, plan.epochs,
      plan.batch_size, plan.validation_split);
}

// Says how a finished try went, and whether another one is to come.
bool wants_another_try(const Attempt& attempt, double best, int number, const TrainOptions& options) {
  const double accuracy = attempt.validation_accuracy();
  if (attempt.history.contains("val_accuracy")) fmt::print("Validation accuracy: {:.4f}\n", accuracy);
  if (!options.until || accuracy >= *options.until || attempt.interrupted) return false;
  if (number < options.tries) {
    fmt::print("Below {}: training again from a fresh seed, try {} of {}.\n", *options.until, number + 1,
               options.tries);
    return true;
  }
  fmt::print("None of {} tries reached {}; the best had {:.4f}.\n", options.tries, *options.until, best);
  return false;
}

void check_outputs(const TrainOptions& options, const Plan& plan) {
  check_can_save(options.model);
  if (options.history) OutputFile{*options.history};
  if (options.until && plan.validation_split == 0.0) {
    throw Error("no rows are left to validate on, so no accuracy can be reached: the validation split is 0");
  }
}

void keep(const Attempt& attempt, const TrainOptions& options) {
  attempt.model.save(options.model);
  if (options.history) write_file(*options.history, dump_json(attempt.history.to_json()) + "\n");
}

TrainResult follow(const Plan& plan, const TrainOptions& options, const Digits& digits) {
  std::optional<Attempt> best;
  for (int number = 1;; ++number) {
    Attempt latest = attempt(options, plan, digits, number);
    const bool cut = latest.history.stopped;
    if (cut && best) {
      fmt::print("Stopped; {} holds the best model of the tries before.\n", options.model.string());
      return {.history = best->history, .interrupted = true};
    }
    if (!best || latest.validation_accuracy() > best->validation_accuracy()) {
      keep(latest, options);
      best = latest;
    }
    if (cut) {
      say_how_to_go_on(*best->model.training_progress(), options, plan);
      return {.history = best->history, .interrupted = true};
    }
    if (!wants_another_try(latest, best->validation_accuracy(), number, options))
      return {.history = best->history};
  }
}

}  // namespace

Plan plan_of(const TrainOptions& options) {
  const Recipe& recipe = find_recipe(options.recipe);
  Plan plan{.recipe = recipe,
            .epochs = options.epochs.value_or(recipe.epochs),
            .batch_size = options.batch_size.value_or(recipe.batch_size),
            .validation_split = options.validation_split.value_or(recipe.validation_split),
            .verbose = options.verbose,
            .profile = options.profile,
            .stop_on_interrupt = options.stop_on_interrupt};
  if (options.teacher) plan.teacher = load_digit_model(*options.teacher);
  return plan;
}

std::string quoted(const std::string& word) {
  return word.find_first_of(" '\"$&;()*?") == std::string::npos ? word : fmt::format("'{}'", word);
}

TrainResult train(const TrainOptions& options) {
  const Plan plan = plan_of(options);
  check_outputs(options, plan);
  return follow(plan, options, read_digits(options.csv, Labels::required));
}

TrainResult train(const TrainOptions& options, const Digits& digits) {
  const Plan plan = plan_of(options);
  check_outputs(options, plan);
  return follow(plan, options, digits);
}

}  // namespace antler::digits
