// antler convert IN OUT
#include <fmt/core.h>

#include "antler/core/input_file.h"
#include "antler/core/output_file.h"
#include "antler/saving/model_json.h"
#include "antler/saving/saving.h"
#include "cli/command.h"
#include "cli/options.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path in;
  std::filesystem::path out;
  std::optional<std::filesystem::path> weights = {};
  bool without_training_state = false;
};

bool is_json(const std::filesystem::path& path) {
  return path.extension() == ".json";
}

bool is_weights(const std::filesystem::path& path) {
  return path.filename().string().ends_with(".weights.h5");
}

Model read(const Options& options) {
  if (is_weights(options.in)) {
    throw Error("{}: a .weights.h5 file holds weights alone; expected a model, or its .json and --weights {}",
                options.in.string(), options.in.string());
  }
  const bool from_json = is_json(options.in);
  Model model =
      from_json
          ? naming(options.in.string(),
                   [&] { return model_from_json(std::string(InputFile(options.in).read_all().text())); })
          : load_model(options.in);
  if (options.weights) model.load_weights(*options.weights);
  if (options.without_training_state) {
    model.set_training_progress({});
    if (model.is_compiled()) model.optimizer().state() = {};
  }
  if (from_json && !options.weights && !is_json(options.out)) {
    fmt::print(stderr, "antler: {} holds no weights; {} gets new ones (--weights takes them from a file)\n",
               options.in.string(), options.out.string());
  }
  return model;
}

void write(const Model& model, const std::filesystem::path& path) {
  if (is_weights(path)) {
    model.save_weights(path);
  } else if (is_json(path)) {
    write_file(path, model_to_json(model));
    fmt::print(stderr, "antler: {} holds the architecture and how to train it, but no weights\n",
               path.string());
  } else {
    model.save(path);
  }
}

}  // namespace

void add_convert(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand(
      "convert", "Write a model in another of Keras's formats, training state included");
  auto options = std::make_shared<Options>();
  command->add_option("in", options->in, "Keras model, .keras or .h5, or its architecture, .json")
      ->type_name("IN")
      ->required();
  command
      ->add_option("out", options->out,
                   ".keras, .h5, .weights.h5 (weights alone) or .json (architecture alone)")
      ->type_name("OUT")
      ->required();
  command->add_option("--weights", options->weights, "Weights to take instead of those in IN")
      ->type_name("W.weights.h5");
  command->add_flag("--without-training-state", options->without_training_state,
                    "Leave out what the optimizer remembers and where a run stands; most of a file's size");
  command->footer(
      "Examples:\n  antler convert model.h5 model.keras\n"
      "  antler convert model.json model.keras --weights model.weights.h5");
  command->callback([&chosen, options] {
    chosen = [options] {
      write(read(*options), options->out);
      return 0;
    };
  });
}

}  // namespace antler::cli
