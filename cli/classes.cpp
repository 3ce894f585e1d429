// antler classes
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "antler/initializers/initializer.h"
#include "antler/layers/activation_function.h"
#include "antler/layers/registry.h"
#include "antler/losses/kinds.h"
#include "antler/metrics/kinds.h"
#include "antler/optimizers/optimizer.h"
#include "cli/command.h"

namespace antler::cli {
namespace {

// By Keras's modules.
Json known_classes() {
  Json known = {{"layers", layers::layer_classes()},
                {"optimizers", optimizers::optimizer_classes()},
                {"losses", losses::loss_classes()},
                {"metrics", metrics::metric_classes()},
                {"initializers", initializers::initializer_classes()},
                {"activations", layers::activation_names()}};
  for (Json& names : known) std::ranges::sort(names);
  return known;
}

int print_classes(bool json) {
  const Json known = known_classes();
  if (json) {
    fmt::print("{}\n", dump_json(known));
    return 0;
  }
  for (const auto& [module, names] : known.items()) {
    fmt::print("{}: {}\n", module, fmt::join(names.get<std::vector<std::string>>(), ", "));
  }
  return 0;
}

}  // namespace

void add_classes(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("classes", "List the classes of Keras that model files may name");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, R"(Print one object, {"layers": ["Activation", ...], ...})");
  command->footer("Example:\n  antler classes");
  command->callback([&chosen, json] { chosen = [json] { return print_classes(*json); }; });
}

}  // namespace antler::cli
