// What a Model holds. For the sources of this room.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "antler/models/model.h"

namespace antler {

struct Model::State {
  std::string name;
  std::string class_name = "Functional";
  uint64_t seed = 0;
  std::vector<Call> calls;
  /// Of what each call gives, with an unknown batch extent.
  std::vector<Shape> shapes;
  std::vector<int> inputs;
  std::vector<int> outputs;
  /// A Sequential's layers while its input shape is not known.
  std::vector<layers::Layer> waiting;
  std::optional<CompileOptions> compiled;
  std::optional<TrainingProgress> progress;

  /// With layers, weights and optimizer state of its own.
  std::unique_ptr<State> clone() const;
  /// Names and builds the layer of `call`, checks what it is given and appends it.
  void append(Call call);
  /// Appends a layer behind the last call: a Sequential's.
  void stack(const layers::Layer& layer);
  /// Throws Error when the model has no layers, or no input shape yet and `data` does not fit one.
  void build_for(const Tensor& data);

  /// Of the layers that give the outputs; one without a name before the model is built.
  std::vector<std::string> output_names() const;
  std::vector<layers::Layer> layers() const;
  std::vector<layers::Weight*> trainable_weights() const;

  /// Adds all operations to `graph`, on inputs that are added too; returns what each call gives.
  std::vector<graph::Value> lower(graph::Graph& graph, bool training, int64_t batch) const;
};

}  // namespace antler
