// antler evaluate MODEL --x X.npy --y Y.npy
#include "antler/data/npy.h"
#include "antler/saving/saving.h"
#include "cli/command.h"
#include "cli/options.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path model;
  std::filesystem::path x;
  std::filesystem::path y;
  int64_t batch_size = 32;
  bool json = false;
};

int evaluate(const Options& options) {
  Model model = load_model(options.model);
  require_compiled(model, options.model);
  const Tensor x = read_npy(options.x);
  const Tensor y = read_npy(options.y);
  const callbacks::Logs scores = naming(options.x.string(), [&] {
    return model.evaluate(x, y, {.batch_size = options.batch_size, .verbose = options.json ? 0 : 1});
  });
  if (options.json) print_json(scores);
  return 0;
}

}  // namespace

void add_evaluate(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("evaluate", "Loss and metrics of a Keras model on NumPy arrays");
  auto options = std::make_shared<Options>();
  command->add_option("model", options->model, "Keras model, .keras or .h5")->type_name("MODEL")->required();
  command->add_option("--x", options->x, "Samples, (samples, ...)")->type_name("X.npy")->required();
  command->add_option("--y", options->y, "Targets, (samples, ...)")->type_name("Y.npy")->required();
  command->add_flag("--json", options->json,
                    R"(Print one object, {"accuracy": ..., "loss": ...}, and nothing else)");
  add_batch_size(*command, options->batch_size);
  add_threads(*command);
  command->footer("Example:\n  antler evaluate model.h5 --x x.npy --y y.npy --json");
  command->callback([&chosen, options] { chosen = [options] { return evaluate(*options); }; });
}

}  // namespace antler::cli
