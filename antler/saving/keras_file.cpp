#include "antler/saving/keras_file.h"

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/saving/keras3_config.h"
#include "antler/saving/progress.h"
#include "antler/saving/variables.h"
#include "antler/saving/zip.h"

namespace antler::saving {
namespace {

constexpr const char* config_member = "config.json";
constexpr const char* weights_member = "model.weights.h5";
constexpr const char* own_member = "antler.json";

// No times are recorded, so that the same model gives the same bytes.
constexpr std::string_view metadata = R"({"keras_version": "3.15.1", "date_saved": "1980-01-01@00:00:00"})";

Json read_json(const ZipArchive& archive, const char* member) {
  return parse_json(archive.read(member).text(), fmt::format("'{}'", member));
}

Model read_model(const ZipArchive& archive, const std::string& name) {
  const Json config = read_json(archive, config_member);
  const Json own = archive.contains(own_member) ? read_json(archive, own_member) : Json();
  const hdf5::Group root = hdf5::Group::parse(archive.read(weights_member), name + ": " + weights_member);
  StoredVariables stored(config, root);
  Model model =
      model_from_keras3(config, {.stored = [&](const std::string& layer) { return stored.numbers(layer); },
                                 .calls = own.is_null() ? std::vector<std::string>{} : calls_from_json(own)});
  read_variables(model, root);
  read_optimizer_variables(model, root, OptimizerIs::made_anew);
  if (!own.is_null()) resume_from_json(own, model);
  return model;
}

Model load(const ZipArchive& archive, const std::string& name) {
  try {
    return read_model(archive, name);
  } catch (const Json::exception& error) {
    throw Error("{}: the configuration is not one of Keras 3: {}", name, error.what());
  } catch (const Error& error) {
    // What the archive and hdf5 say names the file already.
    const std::string_view what = error.what();
    if (what.starts_with(name)) throw;
    throw Error("{}: {}", name, what);
  }
}

}  // namespace

Model load_keras_file(const std::filesystem::path& path) {
  return load(ZipArchive(path), path.string());
}

Model load_keras_bytes(std::string_view bytes, const std::string& name) {
  Bytes copy(bytes.size());
  std::ranges::copy(bytes, copy.data());
  return load(ZipArchive(name, std::move(copy)), name);
}

std::string keras_file_bytes(const Model& model) {
  const hdf5::NewFile weights;
  write_variables(model, weights.root());
  std::vector<ZipMember> members;
  members.push_back({"metadata.json", std::string(metadata)});
  members.push_back({config_member, dump_json(model_to_keras3(model))});
  members.push_back({weights_member, weights.bytes()});
  members.push_back({own_member, dump_json(resume_to_json(model))});
  return zip_bytes(members);
}

}  // namespace antler::saving
