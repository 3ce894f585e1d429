// A model's weights as Keras 3 keeps them: model.weights.h5 in a .keras file, or a .weights.h5 file alone.
// Each object has a group by its place in the model, "layers/dense_1", which holds its variables by number in
// "vars". Layers are numbered by their classes in the order of the model, whatever their names.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/models/model.h"
#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"

namespace antler::saving {

/// Writes the weights and, of a compiled model, the optimizer's variables.
void write_variables(const Model& model, const hdf5::NewGroup& root);

/// Puts the weights back. Throws Error, naming the layer, when one is missing or of another shape.
void read_variables(const Model& model, const hdf5::Group& root);

/// Which optimizer's variables are taken from a file: those of a new model always; those of a model in use,
/// as in Keras, where it has as many as the file.
enum class OptimizerIs { made_anew, in_use };

/// Puts the optimizer's variables back; where there are none, or not as many as the optimizer has, it stays
/// as it is, as in Keras. Throws Error when a shape is not its weight's.
void read_optimizer_variables(Model& model, const hdf5::Group& root, OptimizerIs optimizer);

/// How many numbers a file holds for the layers of a configuration, before there is a model.
class StoredVariables {
 public:
  /// `config` is that of a Sequential or functional model.
  StoredVariables(const Json& config, const hdf5::Group& root);
  /// For all weights of this layer. The bytes of the file count for one layer only: were there links through
  /// which all layers share them, a small file could ask for any amount of memory.
  int64_t numbers(const std::string& layer);

 private:
  int64_t numbers_in(const hdf5::Group& group, int depth);

  const hdf5::Group& root_;
  uint64_t room_;
  uint64_t groups_left_;
  std::map<std::string, std::string> places_;
};

}  // namespace antler::saving
