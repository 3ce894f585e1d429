// antler digits train [TRAIN_CSV]
#include <fmt/ranges.h>

#include "cli/command.h"
#include "cli/options.h"
#include "digits/recipe.h"
#include "digits/train.h"

namespace antler::cli {
namespace {

constexpr const char* examples = R"(Examples:
  antler digits train train.csv
  antler digits train train.csv.gz -o cnn_net_model.h5 --epochs 10 --seed 1
  antler digits train train.csv --until 0.992
  antler digits train train.csv --resume        # after Ctrl-C)";

int run(digits::TrainOptions options, bool profiled) {
  Profile profile;
  if (profiled) options.profile = &profile;
  const digits::TrainResult result = digits::train(options);
  if (profiled) print_profile(profile);
  return result.interrupted ? interrupted : 0;
}

}  // namespace

void add_digits_train(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("train", "Train on Kaggle's train.csv, as the lesson does");
  auto options = std::make_shared<digits::TrainOptions>();
  const auto names = digits::recipe_names();
  command->add_option("csv", options->csv, "label,pixel0,...,pixel783; may be gzipped")
      ->type_name("TRAIN_CSV")
      ->capture_default_str();
  command->add_option("-o,--output", options->model, "Where to write the model, .h5")
      ->type_name("MODEL")
      ->capture_default_str();
  command->add_option("--recipe", options->recipe, fmt::format("The network: {}", fmt::join(names, ", ")))
      ->type_name("NAME")
      ->capture_default_str();
  add_epochs(*command, options->epochs);
  add_batch_size(*command, options->batch_size);
  add_validation_split(*command, options->validation_split);
  add_seed(*command, options->seed);
  command
      ->add_option("--until", options->until,
                   "Train again until the validation accuracy is this high; keep the best model")
      ->type_name("ACCURACY")
      ->check(share(true));
  command->add_option("--tries", options->tries, "At most this many runs for --until")
      ->type_name("N")
      ->check(::CLI::Range(1, 1000000).description(""))
      ->capture_default_str();
  command->add_flag("--resume", options->resume,
                    "Go on with the run that MODEL holds, exactly as if it had not been stopped; give the "
                    "same data and options");
  add_history(*command, options->history);
  const auto profiled = std::make_shared<bool>(false);
  add_profile(*command, *profiled);
  add_verbose(*command, options->verbose);
  add_threads(*command);
  command->footer(examples);
  command->callback(
      [&chosen, options, profiled] { chosen = [options, profiled] { return run(*options, *profiled); }; });
}

}  // namespace antler::cli
