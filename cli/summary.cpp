// antler summary MODEL
#include "antler/saving/saving.h"
#include "cli/command.h"

namespace antler::cli {

void add_summary(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command = parent.add_subcommand("summary", "Print the layers of a model, as Keras does");
  auto path = std::make_shared<std::filesystem::path>();
  command->add_option("model", *path, "Keras model, .keras or .h5")->type_name("MODEL")->required();
  command->footer("Example:\n  antler summary cnn_net_model.h5");
  command->callback([&chosen, path] {
    chosen = [path] {
      load_model(*path).summary();
      return 0;
    };
  });
}

}  // namespace antler::cli
