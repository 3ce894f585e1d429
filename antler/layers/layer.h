// What a user stacks: the handle that is passed around, and the interface behind it.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "antler/constraints/constraint.h"
#include "antler/core/json.h"
#include "antler/core/tensor.h"
#include "antler/graph/graph.h"
#include "antler/initializers/initializer.h"
#include "antler/regularizers/regularizer.h"

namespace antler::layers {

/// A tensor that a layer owns and that is saved with it.
struct Weight {
  std::string name;  // "kernel"
  Tensor value;
  /// False for moving statistics. Whether it is trained depends on the layer's trainable() as well.
  bool trainable = true;
  /// Of a weight that is trained: what it adds to the loss, and what it keeps to after each update.
  regularizers::Regularizer regularizer = {};
  constraints::Constraint constraint = {};
};

/// How a weight starts out, and what training does with it.
struct WeightOptions {
  initializers::Initializer initializer = "zeros";
  regularizers::Regularizer regularizer = {};
  constraints::Constraint constraint = {};
  bool trainable = true;
};

/// Where a layer puts its operations while a model is lowered to a graph.
struct Lowering {
  graph::Graph& graph;
  /// Training and inference are lowered apart: dropout and batch normalisation differ.
  bool training = false;
  /// What is added to the loss beside the losses of the outputs: values of shape (1).
  std::vector<graph::Value> penalties = {};
  /// The names of the models that enclose the layer at hand, each with a '/' behind it.
  std::string scope = {};
};

class Layer;

/// A layer as a model file names it.
struct SavedLayer {
  std::string class_name;
  /// Without name and dtype.
  Json config;
  /// False for the few classes of Keras 3 whose config has no "trainable", and must not.
  bool has_trainable = true;
};

/// Behind a Layer: options, weights, and how they become operations. Shapes include the batch axis.
class LayerBase {
 public:
  virtual ~LayerBase() = default;

  /// Keras's class name: "Conv2D".
  virtual std::string class_name() const = 0;
  /// What a model calls an unnamed layer, with a number behind it where another has the name: "conv2d".
  virtual std::string usual_name() const;
  /// False for layers of exactly one input.
  virtual bool takes_several_inputs() const { return false; }
  /// Creates the weights. `inputs` have an unknown batch extent. Throws Error when the layer cannot take
  /// them.
  virtual void build(std::span<const Shape> /*inputs*/, uint64_t /*seed*/) {}
  /// Adds the layer's operations; the output shape follows from them.
  virtual graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) = 0;
  /// The same for what may have several outputs: a model that serves as a layer.
  virtual std::vector<graph::Value> lower_outputs(Lowering& to, std::span<const graph::Value> inputs) {
    return {lower(to, inputs)};
  }
  /// The layers that this one is made of: those of a model that serves as a layer.
  virtual std::vector<Layer> sublayers() const;
  /// The class's own part of Keras's config; name, trainable, dtype and, where there is one,
  /// activity_regularizer are added by whoever writes the file.
  virtual Json config() const = 0;
  /// The same for Keras 3, which does not have each class of Keras 2.
  virtual SavedLayer for_keras_3() const { return {class_name(), config()}; }
  /// Takes from `data` what the layer needs to know of them, and builds it where that has not been done.
  /// Throws Error for a class that learns nothing that way, which are most, and for data that do not fit.
  virtual void adapt(const Tensor& data);
  virtual std::shared_ptr<LayerBase> clone() const = 0;

  std::string name;  // empty until a model names the layer
  bool trainable = true;
  /// Set where the user gave one: the first layer of a Sequential. With the batch axis, usually unknown.
  std::optional<Shape> batch_input_shape;
  bool built = false;
  /// Of what the layer gives; the penalty is divided by the batch's size, as in Keras.
  regularizers::Regularizer activity_regularizer;
  /// Trainable ones first, as Keras orders them.
  std::vector<Weight> weights;
  /// Of a layer that draws random numbers in training, in the form of Keras 3's SeedGenerator: the seed, and
  /// 0. Set by build(); another seed draws other numbers. No file has it: Keras 3.15 saves the seed as a
  /// setting.
  std::optional<std::array<uint32_t, 2>> seed_state;

 protected:
  LayerBase() = default;
  LayerBase(const LayerBase&) = default;
  LayerBase& operator=(const LayerBase&) = default;

  /// For build(): a new weight, drawn from a random stream of its own that follows from its layer's name and
  /// its own. Throws Error for more than 2^31 elements.
  Weight& add_weight(const std::string& weight_name, const Shape& shape, const WeightOptions& options,
                     uint64_t seed);
  /// For lower(): weight `index` as a graph value.
  graph::Value parameter(Lowering& to, size_t index);
  /// For build(): sets seed_state, to a seed that follows from the layer's name where none is given.
  void start_random(std::optional<int64_t> seed);
  /// For lower(), after start_random(): the layer's own stream of random numbers. It follows from the names
  /// of the layer and of the models around it, and from its seed.
  uint64_t random_stream(const Lowering& to) const;
};

class Symbol;

/// A layer as users hold it. As in Keras it is a reference: copies are the same layer, with the same weights.
class Layer {
 public:
  explicit Layer(std::shared_ptr<LayerBase> base) : base_(std::move(base)) {}

  const std::string& name() const { return base_->name; }
  std::string class_name() const { return base_->class_name(); }
  bool trainable() const { return base_->trainable; }
  /// A frozen layer keeps its weights in training, and batch normalisation then runs as in inference. Goes
  /// for the layers of a model that serves as a layer, too. Takes effect at the model's next compile(), as in
  /// Keras.
  void set_trainable(bool trainable);
  /// Its own weights and those of its sublayers, each once.
  std::vector<Weight*> weights() const;
  int64_t count_params() const;
  std::vector<Tensor> get_weights() const;
  /// Throws Error unless number and shapes are those of get_weights().
  void set_weights(const std::vector<Tensor>& weights);

  /// Lets a layer learn from `data` what training does not teach it: Normalization's mean and variance.
  /// Throws Error for other layers, and for data that do not fit.
  void adapt(const Tensor& data) const;

  /// The layer applied to what another gives, for a functional model: `auto y = Dense(10)(x);`. The same
  /// layer may be applied several times; its weights are then shared.
  Symbol operator()(const Symbol& input) const;
  /// For layers of several inputs: `Add()({a, b})`.
  Symbol operator()(const std::vector<Symbol>& inputs) const;

  LayerBase& base() const { return *base_; }
  /// A layer of its own with the same options and weights.
  Layer clone() const { return Layer(base_->clone()); }

 private:
  std::shared_ptr<LayerBase> base_;
};

/// An optional shape of one sample, without the batch axis: `.input_shape = {28, 28, 1}`.
class InputShape {
 public:
  InputShape() = default;
  InputShape(std::initializer_list<int64_t> extents) : shape_(extents) {}
  InputShape(const Shape& shape) : shape_(shape) {}  // NOLINT(google-explicit-constructor)
  /// With an unknown batch extent; nothing where no shape was given.
  std::optional<Shape> with_batch() const;

 private:
  std::optional<Shape> shape_;
};

/// What a layer gives, before there are data: Keras's KerasTensor. A value; copies are the same symbol.
class Symbol {
 public:
  /// What an Input gives: the layer that Input() returns serves as its symbol. Throws Error for any other
  /// layer.
  Symbol(const Layer& input);  // NOLINT(google-explicit-constructor)
  /// The first output of `layer` applied to `inputs`.
  Symbol(Layer layer, std::vector<Symbol> inputs);

  const Layer& layer() const;
  const std::vector<Symbol>& inputs() const;
  /// Which of the layer's outputs it is; 0 for all but models of several outputs that serve as layers.
  int output() const { return output_; }
  /// Another output of the same application: `encoder(x)[1]`.
  Symbol operator[](int output) const;
  /// Whether both are outputs of the same application of the same layer.
  bool is_of_same_application(const Symbol& other) const;

 private:
  struct Application;
  std::shared_ptr<const Application> application_;
  int output_ = 0;
};

/// Two extents, height then width; one number serves for both: `.kernel_size = 3`, `.kernel_size = {3, 3}`.
struct Pair {
  static constexpr int axes = 2;
  static constexpr const char* dimensions = "2D";
  Pair(int64_t both) : height(both), width(both) {}  // NOLINT(google-explicit-constructor)
  Pair(int64_t rows, int64_t columns) : height(rows), width(columns) {}
  int64_t height;
  int64_t width;
  friend bool operator==(const Pair&, const Pair&) = default;
};

/// One extent, for layers of sequences; Keras writes it as a list of one: [3].
struct Single {
  static constexpr int axes = 1;
  static constexpr const char* dimensions = "1D";
  Single(int64_t extent) : steps(extent) {}  // NOLINT(google-explicit-constructor)
  int64_t steps;
  /// A sequence is an image of one row.
  operator Pair() const { return {1, steps}; }  // NOLINT(google-explicit-constructor)
  friend bool operator==(const Single&, const Single&) = default;
};

}  // namespace antler::layers
