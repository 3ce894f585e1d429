// A network that can be trained: Keras's Model, with fit, evaluate, predict and save.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/layers/layer.h"
#include "antler/models/compile_options.h"
#include "antler/models/fit_options.h"
#include "antler/models/tensors.h"

namespace antler {

struct SummaryOptions {
  /// Lists the layers of models that serve as layers, too.
  bool expand_nested = false;
};

/// A directed acyclic graph of layers with its training settings. A value: a copy has layers, weights and
/// optimizer state of its own. Layers added to it are shared with whoever else holds them, as in Keras.
class Model {
 public:
  /// What call number `call` gives; `output` tells apart what a model of several outputs gives that serves as
  /// a layer.
  struct Source {
    // NOLINTNEXTLINE(google-explicit-constructor): a call stands for its first output
    Source(int of_call, int number = 0) : call(of_call), output(number) {}
    friend bool operator==(const Source&, const Source&) = default;
    int call;
    int output;
  };
  /// One application of a layer to what earlier calls give; an InputLayer has no inputs.
  struct Call {
    layers::Layer layer;
    std::vector<Source> inputs;
  };

  /// A functional model, of the layers that lie between: `auto x = Input({4}); Model m({x}, {Dense(2)(x)});`.
  /// Throws Error when the outputs need an input that is not given, or a layer cannot take what it is given.
  Model(const std::vector<layers::Symbol>& inputs, const std::vector<layers::Symbol>& outputs,
        const std::string& name = "functional");
  /// The same from calls in an order in which they can run; `inputs` are the positions of its InputLayers.
  /// Builds and names the layers that are not yet. Throws Error when a layer cannot take what it is given.
  Model(std::string name, std::vector<Call> calls, std::vector<int> inputs, std::vector<Source> outputs);
  Model(const Model& other);
  Model& operator=(const Model& other);
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  const std::string& name() const;
  void set_name(const std::string& name);
  /// Keras's class of it: "Sequential" or "Functional". A Sequential that is copied to a Model stays one.
  const std::string& class_name() const;
  const std::vector<Call>& calls() const;
  const std::vector<int>& inputs() const;
  const std::vector<Source>& outputs() const;
  /// The shape of what a call gives, with an unknown batch extent.
  const Shape& shape_of(Source source) const;
  /// Of the first input and output, with an unknown batch extent. Throws Error before the model is built.
  const Shape& input_shape() const;
  const Shape& output_shape() const;
  /// The model as a layer of another: `outer.add(inner)`, `auto y = inner(x);`. Both share all layers, and
  /// each application is one of the same layer; what is added to a Sequential afterwards is the Sequential's
  /// alone.
  operator layers::Layer() const;  // NOLINT(google-explicit-constructor): Keras's models are layers
  layers::Symbol operator()(const layers::Symbol& input) const;
  layers::Symbol operator()(const std::vector<layers::Symbol>& inputs) const;
  /// Each layer once, in order of first use; a Sequential's without its InputLayer, as in Keras.
  std::vector<layers::Layer> layers() const;
  /// Throws Error when there is no layer of this name.
  layers::Layer get_layer(const std::string& name) const;

  /// False freezes all layers: set_trainable() goes for each of them, as in Keras.
  bool trainable() const;
  void set_trainable(bool trainable);

  /// Weights of all layers in order, moving statistics included: Keras's get_weights().
  std::vector<Tensor> get_weights() const;
  /// Throws Error unless number and shapes are those of get_weights().
  void set_weights(const std::vector<Tensor>& weights);
  /// Those that training changes, in the order of layers: the optimizer's order.
  std::vector<layers::Weight*> trainable_weights() const;
  /// Parameters in all, frozen ones and moving statistics included.
  int64_t count_params() const;

  /// Settles how the model is trained; fit() and evaluate() need it. Starts the optimizer anew. Throws Error
  /// when losses, metrics or weights are not for the model's outputs.
  void compile(const CompileOptions& options);
  bool is_compiled() const;
  /// Each of these throws Error before compile().
  optimizers::Optimizer& optimizer();
  const optimizers::Optimizer& optimizer() const;
  /// Of the first output that has one.
  const losses::Loss& loss() const { return compile_options().loss.front(); }
  /// As compile() was given them, in the order of the outputs.
  const CompileOptions& compile_options() const;
  /// All of them, output by output, then the weighted ones.
  std::vector<metrics::Metric> metrics() const;

  /// Trains on rows of `x`, (samples, ...) for each input, with targets `y`, (samples, ...) for each output.
  /// Throws Error when the shapes do not fit the model. When a callback cuts it (Run::cut), or stops it
  /// before the last epoch, training_progress() says how to go on.
  History fit(const Tensors& x, const Tensors& y, const FitOptions& options = {});
  /// Trains on a dataset's batches; pass number `epoch` of it in each epoch. Throws what the dataset throws,
  /// and Error, naming the batch, when one does not fit the model or the first batch.
  History fit(const Dataset& data, const FitOptions& options = {});
  /// {"loss", ...} and each metric, means over all samples.
  callbacks::Logs evaluate(const Tensors& x, const Tensors& y, const EvaluateOptions& options = {});
  callbacks::Logs evaluate(const Dataset& data, const EvaluateOptions& options = {});
  /// What the only output gives. Throws Error when there are several.
  Tensor predict(const Tensors& x, const PredictOptions& options = {});
  Tensor predict(const Dataset& data, const PredictOptions& options = {});
  /// What each output gives.
  std::vector<Tensor> predict_outputs(const Tensors& x, const PredictOptions& options = {});
  std::vector<Tensor> predict_outputs(const Dataset& data, const PredictOptions& options = {});
  /// One update on all of `x`, for training loops of one's own. Loss and metrics of this batch alone: like
  /// Keras 3, each call begins them anew. Plans the step anew, too; where speed counts, fit() a dataset.
  callbacks::Logs train_on_batch(const Tensors& x, const Tensors& y, const TrainOnBatchOptions& options = {});
  /// Loss and metrics of this batch.
  callbacks::Logs test_on_batch(const Tensors& x, const Tensors& y, const TestOnBatchOptions& options = {});
  /// What the only output gives for this batch. Throws Error when there are several.
  Tensor predict_on_batch(const Tensors& x);
  /// The class of the highest probability of each sample; with a single output, whether it is above 0.5.
  /// Keras 2's name.
  std::vector<int> predict_classes(const Tensors& x, const PredictOptions& options = {});

  /// Prints the layer table as Keras 3 does, to standard output; summary_text() returns it.
  void summary(const SummaryOptions& options = {}) const;
  std::string summary_text(const SummaryOptions& options = {}) const;
  /// Saves architecture, weights and training state; the ending chooses the format. See saving/saving.h.
  void save(const std::filesystem::path& path) const;
  /// Saves weights and optimizer state alone, in Keras 3's format; the name must end in .weights.h5.
  void save_weights(const std::filesystem::path& path) const;
  /// Takes the weights of a file into the layers, in Keras's order: one that save_weights() of antler or
  /// Keras 3 wrote, one of Keras 2's save_weights(), or a whole model. Throws Error unless they fit the
  /// layers.
  void load_weights(const std::filesystem::path& path);

  /// What all random numbers of the model derive from: initial weights, shuffling, dropout. Set by
  /// set_random_seed(), or fresh from the operating system.
  uint64_t seed() const;
  void set_seed(uint64_t seed);
  /// Set by a fit() that was cut short, cleared by one that was not.
  const std::optional<TrainingProgress>& training_progress() const;
  void set_training_progress(std::optional<TrainingProgress> progress);

  /// Known to the sources of this room alone.
  struct State;

 protected:
  friend std::optional<Model> nested_model(const layers::Layer& layer);
  friend void renew_normalization(Model& model, const Dataset& data);
  explicit Model(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The model that serves as `layer`, with which it shares all layers; nothing for a layer that is none.
std::optional<Model> nested_model(const layers::Layer& layer);

/// Models made from now on start from this seed: Keras's keras.utils.set_random_seed.
void set_random_seed(uint64_t seed);

}  // namespace antler
