// A training run that can be watched.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "antler/core/json.h"
#include "digits/train.h"

namespace antler::digits::server {

/// What a visitor asks for.
struct TrainingRequest {
  std::string recipe;
  int epochs = 1;
  /// Of an ensemble.
  int members = 1;
};

/// At most one run at a time, on a thread of its own. All members may be called from any thread.
class Training {
 public:
  /// Trains on `csv`, laid out as Kaggle's train.csv, and leaves the model in `kept`: page_model.h5; an
  /// ensemble's in the folder page_model_ensemble beside it.
  Training(std::filesystem::path csv, std::filesystem::path kept);
  /// Stops the run; what it has learned is kept.
  ~Training();
  Training(const Training&) = delete;
  Training& operator=(const Training&) = delete;

  /// False when there is a run already. Throws Error for a recipe that there is not.
  bool start(const TrainingRequest& request);
  /// Ends the run after its batch, with validation, and keeps the model; of an ensemble the members that are
  /// done, or the first as it is. False when there is none.
  bool stop();
  /// How many models were kept so far, and where the last of them is.
  int kept_count() const { return kept_count_; }
  std::optional<std::filesystem::path> kept_model() const;
  /// Where the run stands: see docs/serve.md, GET /api/training.
  Json state() const;

 private:
  class Watch;

  void run(const TrainingRequest& request);
  // True when they were stopped.
  bool train_one(const TrainOptions& options, const Digits& digits);
  bool train_members(TrainOptions options, int members, const Digits& digits, Watch& watch);
  void keep(const std::filesystem::path& model);

  const std::filesystem::path csv_;
  const std::filesystem::path kept_;
  mutable std::mutex guard_;  // of what follows
  std::optional<std::filesystem::path> kept_model_;
  std::shared_ptr<Watch> watch_;
  std::thread thread_;
  std::atomic<int> kept_count_ = 0;
};

}  // namespace antler::digits::server
