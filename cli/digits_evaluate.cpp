// antler digits evaluate LABELLED_CSV -m MODEL
#include <fmt/core.h>

#include <cmath>

#include "antler/core/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "digits/evaluate.h"

namespace antler::cli {
namespace {

struct Options : digits::EvaluateCsvOptions {
  bool json = false;
  bool confusion = false;
};

std::string json_of(const digits::DigitScores& scores, bool with_confusion) {
  Json json = {{"loss", scores.loss}, {"accuracy", scores.accuracy}};
  for (int64_t cell = 0; with_confusion && cell < scores.confusion.size(); ++cell)
    json["confusion"][static_cast<size_t>(cell / 10)].push_back(std::llround(scores.confusion[cell]));
  return dump_json(json);
}

int evaluate(const Options& options) {
  const digits::DigitScores scores = digits::evaluate_csv(options);
  if (options.json) {
    fmt::print("{}\n", json_of(scores, options.confusion));
  } else {
    fmt::print("accuracy: {:.4f} - loss: {:.4f}\n", scores.accuracy, scores.loss);
    if (options.confusion) fmt::print("{}", digits::confusion_text(scores.confusion));
  }
  return 0;
}

}  // namespace

void add_digits_evaluate(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("evaluate", "How well models read digits whose labels are known");
  auto options = std::make_shared<Options>();
  command->add_option("csv", options->csv, labelled_digits)->type_name("LABELLED_CSV")->required();
  add_models(*command, options->models);
  command->add_flag("--json", options->json,
                    R"(Print one object, {"loss": ..., "accuracy": ...}, and nothing else)");
  command->add_flag("--confusion", options->confusion,
                    R"(Also say how many digits of each label were read as which; in JSON as "confusion")");
  add_selection(*command, options->selection);
  add_batch_size(*command, options->batch_size);
  add_moved(*command, options->moved);
  add_threads(*command);
  command->footer(
      "Examples:\n  antler digits evaluate train.csv -m cnn_net_model.h5\n"
      "  antler digits evaluate train.csv -m cnn_net_model.h5 --held-out 1 --confusion");
  command->callback([&chosen, options] { chosen = [options] { return evaluate(*options); }; });
}

}  // namespace antler::cli
