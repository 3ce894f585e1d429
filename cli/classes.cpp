// antler classes
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "antler/constraints/constraint.h"
#include "antler/initializers/initializer.h"
#include "antler/layers/activation_function.h"
#include "antler/layers/registry.h"
#include "antler/losses/kinds.h"
#include "antler/metrics/kinds.h"
#include "antler/optimizers/optimizer.h"
#include "antler/optimizers/schedules/schedule.h"
#include "antler/regularizers/regularizer.h"
#include "cli/command.h"

namespace antler::cli {
namespace {

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

// By Keras's modules.
Json known_classes() {
  return {{"layers", sorted(layers::layer_classes())},
          {"optimizers", sorted(optimizers::optimizer_classes())},
          {"optimizers.schedules", sorted(optimizers::schedule_classes())},
          {"losses", sorted(losses::loss_classes())},
          {"metrics", sorted(metrics::metric_classes())},
          {"initializers", sorted(initializers::initializer_classes())},
          {"regularizers", sorted(regularizers::regularizer_classes())},
          {"constraints", sorted(constraints::constraint_classes())},
          {"activations", sorted(layers::activation_names())}};
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
