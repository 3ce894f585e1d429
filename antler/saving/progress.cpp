#include "antler/saving/progress.h"

namespace antler::saving {
namespace {

Json to_json(const TrainingProgress& progress) {
  Json history = Json::array();
  for (const auto& [key, values] : progress.history.history) history.push_back({key, values});
  return {{"epoch", progress.epoch},
          {"batch", progress.batch},
          {"sums", progress.sums},
          {"history",
           {{"epoch", progress.history.epoch},
            {"values", history},
            {"seconds", progress.history.seconds},
            {"stopped", progress.history.stopped}}}};
}

TrainingProgress progress_from_json(const Json& saved) {
  TrainingProgress progress;
  progress.epoch = saved.at("epoch").get<int>();
  progress.batch = saved.at("batch").get<int64_t>();
  progress.sums = saved.at("sums").get<std::vector<std::vector<double>>>();
  const Json& history = saved.at("history");
  progress.history.epoch = history.at("epoch").get<std::vector<int>>();
  for (const Json& entry : history.at("values")) {
    progress.history.history.emplace_back(entry.at(0).get<std::string>(),
                                          entry.at(1).get<std::vector<double>>());
  }
  progress.history.seconds = history.at("seconds").get<std::vector<double>>();
  progress.history.stopped = history.at("stopped").get<bool>();
  return progress;
}

}  // namespace

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
  if (model.training_progress()) json["progress"] = to_json(*model.training_progress());
  return json;
}

void resume_from_json(const Json& saved, Model& model) {
  model.set_seed(saved.at("seed").get<uint64_t>());
  const bool scheduled = model.is_compiled() && model.optimizer().options().learning_rate.is_scheduled();
  if (saved.contains("optimizer") && model.is_compiled() && !scheduled) {
    model.optimizer().set_learning_rate(saved["optimizer"].at("learning_rate").get<double>());
  }
  if (saved.contains("progress")) model.set_training_progress(progress_from_json(saved["progress"]));
}

std::vector<std::string> calls_from_json(const Json& saved) {
  return saved.at("calls").get<std::vector<std::string>>();
}

}  // namespace antler::saving
