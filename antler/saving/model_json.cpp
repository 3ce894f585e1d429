#include "antler/saving/model_json.h"

#include "antler/core/error.h"
#include "antler/layers/checks.h"
#include "antler/saving/keras3_config.h"

namespace antler {

std::string model_to_json(const Model& model) {
  return dump_json(saving::model_to_keras3(model));
}

Model model_from_json(const std::string& json) {
  constexpr const char* where = "the model's JSON";
  const Json saved = parse_json(json, where);
  // Keras 3 names the module of each class, Keras 2 does not.
  const auto dialect = saved.contains("module") ? layers::Dialect::keras3 : layers::Dialect::keras2;
  try {
    return saving::model_from_keras3(
        saved, {.stored = [](const std::string&) { return layers::most_elements; }, .dialect = dialect});
  } catch (const Json::exception& error) {
    throw Error("{} is no configuration of Keras: {}", where, error.what());
  }
}

}  // namespace antler
