// antler fit MODEL --x X.npy [--x ...] --y Y.npy [--y ...] --epochs N -o OUT
#include <fmt/core.h>

#include "antler/callbacks/stop_on_interrupt.h"
#include "antler/core/json.h"
#include "antler/core/output_file.h"
#include "antler/saving/saving.h"
#include "cli/command.h"
#include "cli/options.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path model;
  std::vector<std::filesystem::path> x;
  std::vector<std::filesystem::path> y;
  std::filesystem::path output;
  std::optional<std::filesystem::path> history;
  std::optional<uint64_t> seed;
  FitOptions fit;
  bool no_shuffle = false;
  bool profile = false;
};

int fit(const Options& options) {
  Model model = load_model(options.model);
  require_compiled(model, options.model);
  const std::vector<Tensor> x = read_arrays(options.x);
  const std::vector<Tensor> y = read_arrays(options.y);
  if (options.seed) model.set_seed(*options.seed);
  // Before the work, and not after it: is there a place for what comes out?
  check_can_save(options.output);
  if (options.history) OutputFile{*options.history};

  const auto stop = std::make_shared<callbacks::StopOnInterrupt>();
  FitOptions how = options.fit;
  how.shuffle = !options.no_shuffle;
  how.callbacks = {stop};
  Profile profile;
  if (options.profile) how.profile = &profile;
  const History history = naming(names_of(options.x), [&] { return model.fit(x, y, how); });
  model.save(options.output);
  if (options.history) write_file(*options.history, dump_json(history.to_json()) + "\n");
  if (options.profile) print_profile(profile);
  if (!history.stopped) return 0;
  fmt::print(stderr, "antler: stopped; {} holds the model as it is now\n", options.output.string());
  return interrupted;
}

}  // namespace

void add_fit(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("fit", "Train a compiled Keras model on NumPy arrays, from where it stands");
  auto options = std::make_shared<Options>();
  command->add_option("model", options->model, "Keras model, .keras or .h5")->type_name("MODEL")->required();
  add_arrays(*command, "--x", "Samples, (samples, ...); repeated for each input, in the model's order",
             options->x);
  add_arrays(*command, "--y", "Targets, (samples, ...); repeated for each output, in the model's order",
             options->y);
  command->add_option("-o,--output", options->output, "Where to write the trained model, .keras or .h5")
      ->type_name("OUT")
      ->required();
  add_epochs(*command, options->fit.epochs);
  add_batch_size(*command, options->fit.batch_size);
  add_validation_split(*command, options->fit.validation_split);
  command->add_flag("--no-shuffle", options->no_shuffle, "Take the rows in their order in each epoch");
  add_history(*command, options->history);
  add_profile(*command, options->profile);
  add_seed(*command, options->seed);
  add_verbose(*command, options->fit.verbose);
  add_threads(*command);
  command->footer(
      "Example:\n  antler fit model.h5 --x x.npy --y y.npy --epochs 3 -o trained.h5 --history "
      "history.json");
  command->callback([&chosen, options] { chosen = [options] { return fit(*options); }; });
}

}  // namespace antler::cli
