// Models on disk: Keras 3's .keras, and the legacy .h5 of Keras 2 and 3. Weights alone: Model::save_weights.
// Models without weights: model_json.h.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "antler/models/model.h"

namespace antler {

/// The model in `path`, as Keras 2, Keras 3 or antler saved it: layers, weights, and, where the file has
/// them, compile arguments, optimizer state and how far a cut training run had come. A Sequential comes back
/// as one.
///
/// `.keras`, `.h5` and `.hdf5` are known; docs/formats.md says what is in them. Model::save(path) writes the
/// same endings, and the file appears whole or not at all.
///
/// Throws Error, naming the file and the layer, for another ending, a file that is cut short or no model, a
/// layer class that antler does not have (a Lambda is one: antler executes nothing of a file), weights that
/// are missing or of another shape than the layer's, and links or external storage, which would read other
/// files.
///
/// HDF5's library, which writes, is not thread safe: save on one thread at a time.
Model load_model(const std::filesystem::path& path);

/// The same from the bytes of a `.keras` file in memory, which errors call `name`.
Model load_model_bytes(std::string_view bytes, const std::string& name);

/// To be called before long training: throws Error when no model can be saved to `path`, because of its
/// ending or because the file cannot be written. A file that is there stays as it is.
void check_can_save(const std::filesystem::path& path);

}  // namespace antler
