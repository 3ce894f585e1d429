// Keras's legacy whole-model files, .h5. docs/formats.md says what is in them and what each Keras does with
// it.
#pragma once

#include <filesystem>
#include <string>

#include "antler/models/model.h"

namespace antler::saving {

/// Throws Error, naming file and layer: see load_model().
Model load_legacy_h5(const std::filesystem::path& path);

/// The bytes of the file. The same model gives the same bytes.
std::string legacy_h5_bytes(const Model& model);

}  // namespace antler::saving
