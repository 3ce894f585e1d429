// Keras's legacy whole-model files, .h5. docs/formats.md says what is in them and what each Keras does with
// it.
#pragma once

#include <filesystem>
#include <string>

#include "antler/models/model.h"
#include "antler/saving/hdf5/group.h"

namespace antler::saving {

/// Throws Error, naming file and layer: see load_model().
Model load_legacy_h5(const std::filesystem::path& path);

/// The bytes of the file. The same model gives the same bytes.
std::string legacy_h5_bytes(const Model& model);

/// Whether a file holds weights in the way of legacy files: a whole model, or Keras 2's save_weights().
bool has_legacy_weights(const hdf5::Group& root);

/// Takes these weights into the layers of the model that have weights, one after the other, whatever their
/// names: Keras's load_weights(). Throws Error, naming the layer, unless number and shapes are the same.
void read_legacy_weights_in_order(const Model& model, const hdf5::Group& root);

}  // namespace antler::saving
