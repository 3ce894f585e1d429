// antler plot MODEL|HISTORY -o FILE
#include "antler/models/plot.h"

#include "antler/core/input_file.h"
#include "antler/models/plot_history.h"
#include "antler/saving/model_json.h"
#include "antler/saving/saving.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/picture.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path input;
  std::filesystem::path output;
  PlotOptions plot;
  bool no_shapes = false;
};

// What Keras writes of a model as JSON says its class.
std::string drawing_of_json(const Options& options) {
  const std::string name = options.input.string();
  const std::string text(InputFile(options.input).read_all().text());
  const Json json = parse_json(text, name);
  if (json.is_object() && json.contains("class_name"))
    return naming(name, [&] { return model_to_svg(model_from_json(text), options.plot); });
  const History history = history_from_json(json, name);
  return naming(name, [&] { return history_to_svg(history); });
}

int plot(const Options& options) {
  check_picture(options.output);
  const bool is_json = options.input.extension() == ".json";
  write_picture(options.output,
                is_json ? drawing_of_json(options) : model_to_svg(load_model(options.input), options.plot));
  return 0;
}

}  // namespace

void add_plot(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand(
      "plot", "Draw a model as boxes and arrows, as plot_model does, or the curves of a training run");
  auto options = std::make_shared<Options>();
  command
      ->add_option("input", options->input,
                   "Keras model, .keras, .h5 or .json, or what --history wrote, .json")
      ->type_name("MODEL|HISTORY")
      ->required();
  command->add_option("-o,--output", options->output, "Where to write the image, .svg or .png")
      ->type_name("FILE")
      ->required();
  command->add_option("--rankdir", options->plot.rankdir, "From top to bottom or from left to right")
      ->check(::CLI::IsMember({"TB", "LR"}))
      ->capture_default_str();
  command->add_flag("--no-shapes", options->no_shapes, "Leave out what layers take and give");
  command->add_flag("--expand-nested", options->plot.expand_nested, "Show the layers of nested models");
  command->add_flag("--show-layer-activations", options->plot.show_layer_activations, "Show activations");
  command->add_flag("--show-trainable", options->plot.show_trainable, "Show which layers are trained");
  command->footer(
      "Examples:\n  antler plot model.keras -o model.svg\n"
      "  antler plot history.json -o history.png");
  command->callback([&chosen, options] {
    chosen = [options] {
      options->plot.show_shapes = !options->no_shapes;
      return plot(*options);
    };
  });
}

}  // namespace antler::cli
