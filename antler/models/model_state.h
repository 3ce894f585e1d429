// What a Model holds. For the sources of this room.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "antler/models/kept_step.h"
#include "antler/models/model.h"

namespace antler {

struct Model::State {
  std::string name;
  std::string class_name = "Functional";
  uint64_t seed = 0;
  std::vector<Call> calls;
  /// Of what each call gives, an output after the other, with an unknown batch extent.
  std::vector<std::vector<Shape>> shapes;
  std::vector<int> inputs;
  std::vector<Source> outputs;
  /// A Sequential's layers while its input shape is not known.
  std::vector<layers::Layer> waiting;
  std::optional<CompileOptions> compiled;
  std::optional<TrainingProgress> progress;
  bool trainable = true;
  /// The model as a layer, once it has served as one: all applications are of the same.
  std::shared_ptr<layers::LayerBase> as_layer;
  mutable KeptStep kept_step;

  /// With layers, weights and optimizer state of its own.
  std::unique_ptr<State> clone() const;
  /// Forgets what was made of the layers, which are others now.
  void layers_changed();
  /// Names and builds the layer of `call`, checks what it is given and appends it.
  void append(Call call);
  /// Appends a layer behind the last call: a Sequential's.
  void stack(const layers::Layer& layer);
  /// Builds the layers that wait for an input shape: that of `data`, with any batch extent. Throws Error when
  /// the model has no layers, or the first cannot take such data.
  void build_for(const Shape& data);
  const Shape& shape_of(Source source) const;

  int last_call() const { return static_cast<int>(calls.size()) - 1; }
  /// Of the layers that give the outputs; one without a name before the model is built.
  std::vector<std::string> output_names() const;
  std::vector<layers::Layer> layers() const;
  std::vector<layers::Weight*> trainable_weights() const;

  struct Lowered {
    std::vector<graph::Value> inputs;
    std::vector<graph::Value> outputs;
    /// What regularizers add to the loss, each of shape (1).
    std::vector<graph::Value> penalties;
  };
  /// Adds all operations to `graph`, on inputs that are added too.
  Lowered lower(graph::Graph& graph, bool training, int64_t batch) const;
  /// Adds all operations on what is given; returns what the outputs are. Penalties on activities go to `to`,
  /// those on weights are left to lower().
  std::vector<graph::Value> lower_on(layers::Lowering& to, std::span<const graph::Value> given) const;
};

}  // namespace antler
