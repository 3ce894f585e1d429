#include "antler/core/whole_number.h"
#include "antler/models/fit_options.h"

namespace antler {
namespace {

// Of a file that nobody vouches for; more would take years.
constexpr int64_t most_epochs = 1'000'000'000;
constexpr int64_t most_batches = int64_t{1} << 60;

int epoch_from_json(const Json& saved) {
  return static_cast<int>(whole_number(saved, "an epoch of a training run", 0, most_epochs));
}

}  // namespace

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
  TrainingProgress progress{.epoch = epoch_from_json(saved.at("epoch"))};
  progress.batch =
      whole_number(saved.value("batch", Json(0)), "the batch of a training run", 0, most_batches);
  progress.sums = saved.value("sums", Json::array()).get<std::vector<std::vector<double>>>();
  if (saved.contains("history")) {
    const Json& history = saved["history"];
    for (const Json& epoch : history.at("epoch")) progress.history.epoch.push_back(epoch_from_json(epoch));
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
