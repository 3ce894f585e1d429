// antler evaluate MODEL --x X.npy [--x ...] --y Y.npy [--y ...]
#include "antler/saving/saving.h"
#include "cli/command.h"
#include "cli/options.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path model;
  std::vector<std::filesystem::path> x;
  std::vector<std::filesystem::path> y;
  int64_t batch_size = 32;
  bool json = false;
};

int evaluate(const Options& options) {
  Model model = load_model(options.model);
  require_compiled(model, options.model);
  const std::vector<Tensor> x = read_arrays(options.x);
  const std::vector<Tensor> y = read_arrays(options.y);
  const callbacks::Logs scores = naming(names_of(options.x), [&] {
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
  add_arrays(*command, "--x", "Samples, (samples, ...); repeated for each input, in the model's order",
             options->x);
  add_arrays(*command, "--y", "Targets, (samples, ...); repeated for each output, in the model's order",
             options->y);
  command->add_flag("--json", options->json,
                    R"(Print one object, {"accuracy": ..., "loss": ...}, and nothing else)");
  add_batch_size(*command, options->batch_size);
  add_threads(*command);
  command->footer("Example:\n  antler evaluate model.h5 --x x.npy --y y.npy --json");
  command->callback([&chosen, options] { chosen = [options] { return evaluate(*options); }; });
}

}  // namespace antler::cli
