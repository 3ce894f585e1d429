// antler digits serve -m MODEL
#include "cli/command.h"
#include "cli/options.h"
#include "digits/server/serve.h"

namespace antler::cli {
namespace {

constexpr const char* usual_data = "data/train.csv";

int run(digits::ServeOptions options) {
  if (!options.files.data && std::filesystem::exists(usual_data)) options.files.data = usual_data;
  digits::serve(options);
  return 0;
}

}  // namespace

void add_digits_serve(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("serve", "A page to draw digits on, in the browser");
  auto options = std::make_shared<digits::ServeOptions>();
  options->files.kept = "page_model.h5";
  command
      ->add_option(
          "-m,--model", options->files.model,
          "The model that reads the digits, or the folder of an ensemble. Without it: the model that "
          "antler comes with")
      ->type_name("MODEL");
  command
      ->add_option("--data", options->files.data,
                   "Labelled digits to train on and to judge models by, label,pixel0,...,pixel783; may be "
                   "gzipped [data/train.csv where there is one]")
      ->type_name("TRAIN_CSV")
      ->check(::CLI::ExistingFile.description(""));
  command
      ->add_option("-o,--output", options->files.kept,
                   "Where a model that is trained on the page goes, .h5 or .keras; the members of an "
                   "ensemble go into a folder beside it, page_model_ensemble")
      ->type_name("MODEL")
      ->capture_default_str();
  command
      ->add_option("--host", options->host,
                   "The address to listen on; others than this machine reach 0.0.0.0")
      ->type_name("ADDRESS")
      ->capture_default_str();
  command->add_option("--port", options->port, "The port to listen on; 0 takes any that is free")
      ->type_name("N")
      ->check(::CLI::Range(0, 65535).description(""))
      ->capture_default_str();
  add_threads(*command);
  command->footer(
      "Examples:\n  antler digits serve\n  antler digits serve -m cnn_net_model.h5\n"
      "  antler digits serve -m cnn_net_model.h5 --data train.csv --port 8000");
  command->callback([&chosen, options] { chosen = [options] { return run(*options); }; });
}

}  // namespace antler::cli
