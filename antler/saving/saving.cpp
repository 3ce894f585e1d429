#include "antler/saving/saving.h"

#include <string>

#include "antler/core/error.h"
#include "antler/core/input_file.h"
#include "antler/core/output_file.h"
#include "antler/saving/keras_file.h"
#include "antler/saving/legacy_h5.h"

namespace antler {
namespace {

bool is_keras_file(const std::filesystem::path& path) {
  return path.extension() == ".keras";
}

// Throws Error for an ending that stands for no format antler has.
void check_ending(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  if (path.filename().string().ends_with(".weights.h5")) {
    throw Error("{}: a .weights.h5 file holds weights alone; expected a model in .keras, .h5 or .hdf5",
                path.string());
  }
  if (is_keras_file(path) || ending == ".h5" || ending == ".hdf5") return;
  throw Error("{}: antler reads and writes models in .keras, .h5 and .hdf5 files, not in '{}'", path.string(),
              ending);
}

}  // namespace

Model load_model(const std::filesystem::path& path) {
  check_is_there(path);  // a mistyped name is told as such, whatever it ends in
  check_ending(path);
  return is_keras_file(path) ? saving::load_keras_file(path) : saving::load_legacy_h5(path);
}

Model load_model_bytes(std::string_view bytes, const std::string& name) {
  return saving::load_keras_bytes(bytes, name);
}

void check_can_save(const std::filesystem::path& path) {
  check_ending(path);
  const OutputFile dropped(path);  // never committed: nothing is left of it
}

void Model::save(const std::filesystem::path& path) const {
  check_ending(path);
  write_file(path, is_keras_file(path) ? saving::keras_file_bytes(*this) : saving::legacy_h5_bytes(*this));
}

}  // namespace antler
