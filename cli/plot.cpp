// antler plot MODEL -o FILE.svg
#include "antler/models/plot.h"

#include "antler/saving/saving.h"
#include "cli/command.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path model;
  std::filesystem::path output;
  PlotOptions plot;
  bool no_shapes = false;
};

}  // namespace

void add_plot(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("plot", "Draw a model as boxes and arrows, as plot_model does");
  auto options = std::make_shared<Options>();
  command->add_option("model", options->model, "Keras model, .h5")->type_name("MODEL")->required();
  command->add_option("-o,--output", options->output, "Where to write the image")
      ->type_name("FILE.svg")
      ->required();
  command->add_option("--rankdir", options->plot.rankdir, "From top to bottom or from left to right")
      ->check(::CLI::IsMember({"TB", "LR"}))
      ->capture_default_str();
  command->add_flag("--no-shapes", options->no_shapes, "Leave out what layers take and give");
  command->add_flag("--expand-nested", options->plot.expand_nested, "Show the layers of nested models");
  command->add_flag("--show-layer-activations", options->plot.show_layer_activations, "Show activations");
  command->add_flag("--show-trainable", options->plot.show_trainable, "Show which layers are trained");
  command->footer("Example:\n  antler plot cnn_net_model.h5 -o cnn_net_model.svg");
  command->callback([&chosen, options] {
    chosen = [options] {
      options->plot.show_shapes = !options->no_shapes;
      plot_model(load_model(options->model), options->output, options->plot);
      return 0;
    };
  });
}

}  // namespace antler::cli
