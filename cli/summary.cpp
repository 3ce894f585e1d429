// antler summary MODEL
#include "antler/saving/saving.h"
#include "cli/command.h"

namespace antler::cli {

void add_summary(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("summary", "Print the layers of a model, as Keras does");
  auto path = std::make_shared<std::filesystem::path>();
  auto options = std::make_shared<SummaryOptions>();
  command->add_option("model", *path, "Keras model, .keras or .h5")->type_name("MODEL")->required();
  command->add_flag("--expand-nested", options->expand_nested, "List the layers of nested models, too");
  command->footer("Example:\n  antler summary cnn_net_model.h5");
  command->callback([&chosen, path, options] {
    chosen = [path, options] {
      load_model(*path).summary(*options);
      return 0;
    };
  });
}

}  // namespace antler::cli
