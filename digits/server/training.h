// A training run that can be watched.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "antler/core/json.h"

namespace antler::digits::server {

/// At most one run at a time, on a thread of its own. All members may be called from any thread.
class Training {
 public:
  /// Trains on `csv`, laid out as Kaggle's train.csv, and leaves the model in `kept`.
  Training(std::filesystem::path csv, std::filesystem::path kept);
  /// Stops the run; what it has learned is kept.
  ~Training();
  Training(const Training&) = delete;
  Training& operator=(const Training&) = delete;

  /// False when there is a run already. Throws Error for a recipe that there is not.
  bool start(const std::string& recipe, int epochs);
  /// Ends the run after its batch, with validation, and keeps the model. False when there is none.
  bool stop();
  /// How many models were kept so far.
  int kept() const { return kept_count_; }
  /// Where the run stands: see docs/serve.md, GET /api/training.
  Json state() const;

 private:
  class Watch;

  void run(const std::string& recipe, int epochs);

  const std::filesystem::path csv_;
  const std::filesystem::path kept_;
  mutable std::mutex guard_;  // of what follows
  std::shared_ptr<Watch> watch_;
  std::thread thread_;
  std::atomic<int> kept_count_ = 0;
};

}  // namespace antler::digits::server
