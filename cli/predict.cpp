// antler predict MODEL --x X.npy [--x ...] -o P.npy [-o ...]
#include <algorithm>

#include "antler/data/npy.h"
#include "antler/saving/saving.h"
#include "cli/command.h"
#include "cli/options.h"

namespace antler::cli {
namespace {

struct Options {
  std::filesystem::path model;
  std::vector<std::filesystem::path> x;
  std::vector<std::filesystem::path> outputs;
  int64_t batch_size = 32;
  bool classes = false;
};

// Before the work, and not after it: is there a file for each output?
void check_outputs(const Model& model, const Options& options) {
  const size_t count = std::max<size_t>(model.outputs().size(), 1);  // a model that is not built yet has one
  if (options.classes && count > 1)
    throw Error("{}: the model has {} outputs; --classes is for models of one", options.model.string(),
                count);
  if (options.outputs.size() != count) {
    throw Error("{}: the model has {} output{}, but -o is given {} time{}; expected one for each output",
                options.model.string(), count, count == 1 ? "" : "s", options.outputs.size(),
                options.outputs.size() == 1 ? "" : "s");
  }
}

std::vector<Tensor> predictions(const Options& options) {
  Model model = load_model(options.model);
  check_outputs(model, options);
  const std::vector<Tensor> x = read_arrays(options.x);
  const PredictOptions how{.batch_size = options.batch_size};
  return naming(names_of(options.x), [&] {
    if (!options.classes) return model.predict_outputs(x, how);
    const std::vector<int> classes = model.predict_classes(x, how);
    Tensor numbers = Tensor::uninitialized({static_cast<int64_t>(classes.size())});
    std::ranges::copy(classes, numbers.span().begin());
    return std::vector<Tensor>{numbers};
  });
}

int predict(const Options& options) {
  const std::vector<Tensor> found = predictions(options);
  for (size_t i = 0; i < found.size(); ++i) write_npy(options.outputs[i], found[i]);
  return 0;
}

}  // namespace

void add_predict(::CLI::App& parent, Action& chosen) {
  ::CLI::App* command =
      parent.add_subcommand("predict", "Predict with a Keras model, from NumPy array to NumPy array");
  auto options = std::make_shared<Options>();
  command->add_option("model", options->model, "Keras model, .keras or .h5")->type_name("MODEL")->required();
  add_arrays(*command, "--x", "Samples, (samples, ...); repeated for each input, in the model's order",
             options->x);
  add_arrays(*command, "-o,--output",
             "Where to write the predictions; repeated for each output, in the model's order",
             options->outputs);
  command->add_flag("--classes", options->classes,
                    "Write the number of the likeliest class, not the probabilities");
  add_batch_size(*command, options->batch_size);
  add_threads(*command);
  command->footer("Example:\n  antler predict model.h5 --x x.npy -o p.npy");
  command->callback([&chosen, options] { chosen = [options] { return predict(*options); }; });
}

}  // namespace antler::cli
