// antler digits evaluate LABELLED_CSV -m MODEL
#include <fmt/core.h>

#include "cli/command.h"
#include "cli/options.h"
#include "digits/evaluate.h"

namespace antler::cli {
namespace {

struct Options : digits::EvaluateCsvOptions {
  bool json = false;
};

int evaluate(const Options& options) {
  const digits::DigitScores scores = digits::evaluate_csv(options);
  if (options.json) {
    print_json({{"loss", scores.loss}, {"accuracy", scores.accuracy}});
  } else {
    fmt::print("accuracy: {:.4f} - loss: {:.4f}\n", scores.accuracy, scores.loss);
  }
  return 0;
}

}  // namespace

void add_digits_evaluate(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("evaluate", "How well models read digits whose labels are known");
  auto options = std::make_shared<Options>();
  command->add_option("csv", options->csv, "label,pixel0,...,pixel783; may be gzipped")
      ->type_name("LABELLED_CSV")
      ->required();
  add_models(*command, options->models);
  command->add_flag("--json", options->json,
                    R"(Print one object, {"loss": ..., "accuracy": ...}, and nothing else)");
  add_batch_size(*command, options->batch_size);
  add_moved(*command, options->moved);
  add_threads(*command);
  command->footer("Example:\n  antler digits evaluate train.csv -m cnn_net_model.h5");
  command->callback([&chosen, options] { chosen = [options] { return evaluate(*options); }; });
}

}  // namespace antler::cli
