// antler digits predict [TEST_CSV] -m MODEL
#include "cli/command.h"
#include "cli/options.h"
#include "digits/predict.h"

namespace antler::cli {
namespace {

struct Options : digits::PredictCsvOptions {
  bool json = false;
};

int predict(Options options) {
  if (options.json) options.verbose = 0;
  const double seconds = digits::predict_csv(options);
  if (options.json) print_json({{"predict_s", seconds}});
  return 0;
}

}  // namespace

void add_digits_predict(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("predict", "Write the submission for Kaggle's test.csv");
  auto options = std::make_shared<Options>();
  command->add_option("csv", options->csv, "pixel0,...,pixel783; may be gzipped")
      ->type_name("TEST_CSV")
      ->capture_default_str();
  add_models(*command, options->models);
  command->add_option("-o,--output", options->output, "Where to write ImageId,Label")
      ->type_name("CSV")
      ->capture_default_str();
  command->add_flag("--json", options->json,
                    R"(Print {"predict_s": seconds spent predicting}, and nothing else)");
  add_batch_size(*command, options->batch_size);
  add_verbose(*command, options->verbose);
  add_moved(*command, options->moved);
  add_threads(*command);
  command->footer(
      "Examples:\n  antler digits predict test.csv -m cnn_net_model.h5\n"
      "  antler digits predict test.csv -m one.h5 -m two.h5 -o mnist_output.csv\n"
      "  antler digits predict test.csv -m digits_ensemble --moved");
  command->callback([&chosen, options] { chosen = [options] { return predict(*options); }; });
}

}  // namespace antler::cli
