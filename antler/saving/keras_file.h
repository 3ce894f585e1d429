// Keras 3's own model files, .keras: a zip archive of metadata.json, config.json and model.weights.h5.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "antler/models/model.h"

namespace antler::saving {

/// Throws Error as load_model() does.
Model load_keras_file(const std::filesystem::path& path);
/// From the bytes of a file, in memory; errors call them `name`.
Model load_keras_bytes(std::string_view bytes, const std::string& name);

/// The bytes of a file. What antler needs to go on with a cut run, and Keras does not know of, is in a member
/// "antler.json" that Keras ignores. Throws Error for a layer that Keras 3 does not have.
std::string keras_file_bytes(const Model& model);

}  // namespace antler::saving
