// How a model does on labelled digits, worked out while visitors wait.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "antler/core/json.h"
#include "antler/models/model.h"

namespace antler::digits::server {

/// At most one at a time, on a thread of its own. All members may be called from any thread.
class Results {
 public:
  /// On the digits of `csv`, laid out as Kaggle's train.csv.
  explicit Results(std::filesystem::path csv);
  ~Results();
  Results(const Results&) = delete;
  Results& operator=(const Results&) = delete;

  /// Begins anew with `models`, whose probabilities are averaged, and which are called `name`; what was under
  /// way is given up.
  void start(std::vector<Model> models, const std::string& name);
  /// See docs/serve.md, GET /api/results.
  Json state() const;

 private:
  void give_up();
  void run(std::vector<Model> models, const std::string& name);
  void set(Json state);

  const std::filesystem::path csv_;
  std::mutex one_at_a_time_;  // of start()
  std::thread thread_;
  std::atomic<bool> ending_ = false;
  mutable std::mutex guard_;
  Json state_{{"state", "none"}};
};

}  // namespace antler::digits::server
