// What a user stacks: the handle that is passed around, and the interface behind it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"
#include "antler/graph/graph.h"
#include "antler/initializers/initializer.h"

namespace antler::layers {

/// A tensor that a layer owns and that is saved with it.
struct Weight {
  std::string name;  // "kernel"
  Tensor value;
  /// False for moving statistics. Whether it is trained depends on the layer's trainable() as well.
  bool trainable = true;
};

/// Where a layer puts its operations while a model is lowered to a graph.
struct Lowering {
  graph::Graph& graph;
  /// Training and inference are lowered apart: dropout and batch normalisation differ.
  bool training = false;
};

/// What layers that read a model file are given: the class's "config" and what to call the layer in an error.
struct LayerConfig {
  const Json& json;
  std::string where;  // "layer 'conv2d_1' (Conv2D)"
};

/// Behind a Layer: options, weights, and how they become operations. Shapes include the batch axis.
class LayerBase {
 public:
  virtual ~LayerBase() = default;

  /// Keras's class name: "Conv2D".
  virtual std::string class_name() const = 0;
  /// Creates the weights. `inputs` have an unknown batch extent. Throws Error when the layer cannot take them.
  virtual void build(std::span<const Shape> /*inputs*/, uint64_t /*seed*/) {}
  /// Adds the layer's operations; the output shape follows from them.
  virtual graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) = 0;
  /// The class's own part of Keras's config; name, trainable and dtype are added by whoever writes the file.
  virtual Json config() const = 0;
  virtual std::shared_ptr<LayerBase> clone() const = 0;

  std::string name;  // empty until a model names the layer
  bool trainable = true;
  /// Set where the user gave one: the first layer of a Sequential. With the batch axis, usually unknown.
  std::optional<Shape> batch_input_shape;
  bool built = false;
  /// Trainable ones first, as Keras orders them.
  std::vector<Weight> weights;

 protected:
  LayerBase() = default;
  LayerBase(const LayerBase&) = default;
  LayerBase& operator=(const LayerBase&) = default;

  /// For build(): a new weight, drawn from its own random stream.
  Weight& add_weight(const std::string& weight_name, const Shape& shape, const initializers::Initializer& initializer,
                     uint64_t seed, bool is_trainable = true);
  /// For lower(): weight `index` as a graph value.
  graph::Value parameter(Lowering& to, size_t index);
};

/// A layer as users hold it. As in Keras it is a reference: copies are the same layer, with the same weights.
class Layer {
 public:
  explicit Layer(std::shared_ptr<LayerBase> base) : base_(std::move(base)) {}

  const std::string& name() const { return base_->name; }
  std::string class_name() const { return base_->class_name(); }
  bool trainable() const { return base_->trainable; }
  /// A frozen layer keeps its weights in training, and batch normalisation then runs as in inference. Takes effect at
  /// the model's next compile(), as in Keras.
  void set_trainable(bool trainable) { base_->trainable = trainable; }
  int64_t count_params() const;
  std::vector<Tensor> get_weights() const;
  /// Throws Error unless number and shapes are those of get_weights().
  void set_weights(const std::vector<Tensor>& weights);

  LayerBase& base() const { return *base_; }
  /// A layer of its own with the same options and weights.
  Layer clone() const { return Layer(base_->clone()); }

 private:
  std::shared_ptr<LayerBase> base_;
};

/// Two extents, height then width; one number serves for both: `.kernel_size = 3`, `.kernel_size = {3, 3}`.
struct Pair {
  Pair(int64_t both) : height(both), width(both) {}  // NOLINT(google-explicit-constructor)
  Pair(int64_t rows, int64_t columns) : height(rows), width(columns) {}
  int64_t height;
  int64_t width;
  friend bool operator==(const Pair&, const Pair&) = default;
};

}  // namespace antler::layers
