#include "antler/models/fit_options.h"

namespace antler {

Json TrainingProgress::to_json() const {
  Json values = Json::array();
  for (const auto& [key, each] : history.history) values.push_back({key, each});
  return {{"epoch", epoch},
          {"batch", batch},
          {"sums", sums},
          {"history",
           {{"epoch", history.epoch},
            {"values", values},
            {"seconds", history.seconds},
            {"stopped", history.stopped}}},
          {"callbacks", callbacks}};
}

TrainingProgress TrainingProgress::from_json(const Json& saved) {
  TrainingProgress progress{.epoch = saved.at("epoch").get<int>()};
  progress.batch = saved.value("batch", int64_t{0});
  progress.sums = saved.value("sums", Json::array()).get<std::vector<std::vector<double>>>();
  if (saved.contains("history")) {
    const Json& history = saved["history"];
    progress.history.epoch = history.at("epoch").get<std::vector<int>>();
    for (const Json& entry : history.at("values")) {
      progress.history.history.emplace_back(entry.at(0).get<std::string>(),
                                            entry.at(1).get<std::vector<double>>());
    }
    progress.history.seconds = history.at("seconds").get<std::vector<double>>();
    progress.history.stopped = history.at("stopped").get<bool>();
  }
  progress.callbacks = saved.value("callbacks", std::vector<Json>{});
  return progress;
}

}  // namespace antler
