// antler predict MODEL --x X.npy -o P.npy
#include <algorithm>

#include "antler/data/npy.h"
#include "antler/saving/saving.h"
#include "cli/command.h"
#include "cli/options.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path model;
  std::filesystem::path x;
  std::filesystem::path output;
  int64_t batch_size = 32;
  bool classes = false;
};

Tensor predictions(const Options& options) {
  Model model = load_model(options.model);
  const Tensor x = read_npy(options.x);
  const PredictOptions how{.batch_size = options.batch_size};
  return naming(options.x.string(), [&] {
    if (!options.classes) return model.predict(x, how);
    const std::vector<int> classes = model.predict_classes(x, how);
    Tensor numbers = Tensor::uninitialized({static_cast<int64_t>(classes.size())});
    std::ranges::copy(classes, numbers.span().begin());
    return numbers;
  });
}

}  // namespace

void add_predict(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("predict", "Predict with a Keras model, from NumPy array to NumPy array");
  auto options = std::make_shared<Options>();
  command->add_option("model", options->model, "Keras model, .keras or .h5")->type_name("MODEL")->required();
  command->add_option("--x", options->x, "Samples, (samples, ...)")->type_name("X.npy")->required();
  command->add_option("-o,--output", options->output, "Where to write the predictions")
      ->type_name("P.npy")
      ->required();
  command->add_flag("--classes", options->classes,
                    "Write the number of the likeliest class, not the probabilities");
  add_batch_size(*command, options->batch_size);
  add_threads(*command);
  command->footer("Example:\n  antler predict model.h5 --x x.npy -o p.npy");
  command->callback([&chosen, options] {
    chosen = [options] {
      write_npy(options->output, predictions(*options));
      return 0;
    };
  });
}

}  // namespace antler::cli
