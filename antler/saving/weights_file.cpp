// Model::save_weights and Model::load_weights.
#include "antler/core/error.h"
#include "antler/core/input_file.h"
#include "antler/core/output_file.h"
#include "antler/saving/legacy_h5.h"
#include "antler/saving/variables.h"
#include "antler/saving/zip.h"

namespace antler {
namespace {

void require_built(const Model& model) {
  if (model.outputs().empty())
    throw Error("the model has no weights yet: give its first layer an input_shape");
}

bool ends_with_weights_h5(const std::filesystem::path& path) {
  return path.filename().string().ends_with(".weights.h5");
}

hdf5::Group open(const std::filesystem::path& path) {
  if (path.extension() != ".keras") return hdf5::Group::open(path);
  return hdf5::Group::parse(saving::ZipArchive(path).read("model.weights.h5"), path.string());
}

void load(Model& model, const hdf5::Group& root) {
  if (saving::has_legacy_weights(root)) return saving::read_legacy_weights_in_order(model, root);
  saving::read_variables(model, root);
  saving::read_optimizer_variables(model, root, saving::OptimizerIs::in_use);
}

}  // namespace

void Model::save_weights(const std::filesystem::path& path) const {
  require_built(*this);
  if (!ends_with_weights_h5(path))
    throw Error("{}: the name of a file of weights must end in .weights.h5, as in Keras 3", path.string());
  const hdf5::NewFile file;
  saving::write_variables(*this, file.root());
  write_file(path, file.bytes());
}

void Model::load_weights(const std::filesystem::path& path) {
  require_built(*this);
  check_is_there(path);
  const std::string ending = path.extension().string();
  if (ending != ".h5" && ending != ".hdf5" && ending != ".keras")
    throw Error("{}: antler reads weights from .weights.h5, .h5, .hdf5 and .keras files, not from '{}'",
                path.string(), ending);
  const hdf5::Group root = open(path);
  try {
    load(*this, root);
  } catch (const Error& error) {
    const std::string_view what = error.what();
    if (what.starts_with(path.string())) throw;
    throw Error("{}: {}", path.string(), what);
  }
}

}  // namespace antler
