// antler digits train [TRAIN_CSV]
#include <fmt/ranges.h>

#include <optional>

#include "cli/command.h"
#include "cli/options.h"
#include "digits/ensemble.h"
#include "digits/recipe.h"
#include "digits/train.h"

namespace antler::cli {
namespace {

constexpr const char* examples = R"(Examples:
  antler digits train train.csv
  antler digits train train.csv.gz -o cnn_net_model.h5 --epochs 10 --seed 1
  antler digits train train.csv --until 0.992
  antler digits train train.csv --resume        # after Ctrl-C
  antler digits train train.csv --recipe fast
  antler digits train train.csv --recipe ensemble --members 10 --minutes 90)";

struct Options : digits::TrainOptions {
  int members = 10;
  std::optional<double> minutes = {};
  bool profiled = false;
};

bool run_ensemble(const digits::TrainOptions& member, const Options& options) {
  return digits::train_ensemble({.member = member, .members = options.members, .minutes = options.minutes})
      .interrupted;
}

int run(const Options& options) {
  Profile profile;
  digits::TrainOptions training = options;
  if (options.profiled) training.profile = &profile;
  const bool cut = options.recipe == digits::ensemble_recipe ? run_ensemble(training, options)
                                                             : digits::train(training).interrupted;
  if (options.profiled) print_profile(profile);
  return cut ? interrupted : 0;
}

// A folder unless it was given.
std::filesystem::path default_output(const std::string& recipe) {
  return recipe == digits::ensemble_recipe ? "digits_ensemble" : digits::TrainOptions().model;
}

}  // namespace

void add_digits_train(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("train", "Train on Kaggle's train.csv, by a recipe");
  auto options = std::make_shared<Options>();
  command->add_option("csv", options->csv, labelled_digits)->type_name("TRAIN_CSV")->capture_default_str();
  const ::CLI::Option* output = command
                                    ->add_option("-o,--output", options->model,
                                                 "Where to write the model, .h5 or .keras; of an ensemble, a "
                                                 "folder (digits_ensemble)")
                                    ->type_name("MODEL")
                                    ->capture_default_str();
  command->add_option("--recipe", options->recipe, "How to train; an ensemble is several of 'best'")
      ->type_name(fmt::format("{{{}}}", fmt::join(digits::recipe_names(), ",")))
      ->capture_default_str();
  add_epochs(*command, options->epochs);
  add_batch_size(*command, options->batch_size);
  add_validation_split(*command, options->validation_split);
  add_seed(*command, options->seed);
  command
      ->add_option("--until", options->until,
                   "Train again until the validation accuracy is this high; keep the best model. Of an "
                   "ensemble: train members until all together are that good")
      ->type_name("ACCURACY")
      ->check(share(true));
  command->add_option("--tries", options->tries, "At most this many runs for --until")
      ->type_name("N")
      ->check(::CLI::Range(1, 1000000).description(""))
      ->capture_default_str();
  command->add_option("--members", options->members, "How many models an ensemble has")
      ->type_name("N")
      ->check(::CLI::Range(1, 1000).description(""))
      ->capture_default_str();
  command->add_option("--minutes", options->minutes, "How long an ensemble may train in all")
      ->type_name("M")
      ->check(::CLI::PositiveNumber.description(""));
  command->add_flag("--resume", options->resume,
                    "Go on with the run that MODEL holds, exactly as if it had not been stopped; give the "
                    "same data and options");
  command
      ->add_option("--teacher", options->teacher, "A model whose probabilities are learned beside the labels")
      ->type_name("MODEL");
  add_history(*command, options->history);
  add_profile(*command, options->profiled);
  add_verbose(*command, options->verbose);
  add_threads(*command);
  command->footer(examples);
  command->callback([&chosen, options, output] {
    if (output->count() == 0) options->model = default_output(options->recipe);
    chosen = [options] { return run(*options); };
  });
}

}  // namespace antler::cli
