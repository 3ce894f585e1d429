#include "antler/saving/progress.h"

#include "antler/core/error.h"

namespace antler::saving {

Json resume_to_json(const Model& model) {
  Json calls = Json::array();
  for (const Model::Call& call : model.calls()) calls.push_back(call.layer.name());
  Json json = {{"version", 1}, {"seed", model.seed()}, {"calls", calls}};
  if (model.is_compiled()) {
    const optimizers::Optimizer& optimizer = model.optimizer();
    json["optimizer"] = {{"class_name", optimizer.rule().class_name()},
                         {"config", optimizer.config()},
                         {"learning_rate", optimizer.learning_rate()},
                         {"iterations", optimizer.state().iterations}};
  }
  if (model.training_progress()) json["progress"] = model.training_progress()->to_json();
  return json;
}

void resume_from_json(const Json& saved, Model& model) {
  const Json& seed = saved.at("seed");
  if (!seed.is_number_unsigned()) throw Error("the seed is no whole number of 0 or more");
  model.set_seed(seed.get<uint64_t>());
  const bool scheduled = model.is_compiled() && model.optimizer().options().learning_rate.is_scheduled();
  if (saved.contains("optimizer") && model.is_compiled() && !scheduled) {
    model.optimizer().set_learning_rate(saved["optimizer"].at("learning_rate").get<double>());
  }
  if (saved.contains("progress")) model.set_training_progress(TrainingProgress::from_json(saved["progress"]));
}

std::vector<std::string> calls_from_json(const Json& saved) {
  return saved.at("calls").get<std::vector<std::string>>();
}

}  // namespace antler::saving
