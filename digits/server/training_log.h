// What there is to see of a training run.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "antler/callbacks/callback.h"
#include "antler/core/json.h"

namespace antler::digits::server {

/// The curves of a run and how far it is, of an ensemble those of the member that is trained; not for several
/// threads at a time.
class TrainingLog {
 public:
  TrainingLog(std::string recipe, int epochs, int members);

  /// Batches an epoch. Time counts from the first member on; the curves begin anew.
  void begin(int64_t steps);
  /// Means since the epoch's begin. Both count from 0.
  void batch(int epoch, int64_t batch, const callbacks::Logs& logs);
  void epoch(int epoch, const callbacks::Logs& logs);
  /// On the rows held out, of the members so far together.
  void member_done(double accuracy) { together_ = accuracy; }

  /// "recipe", "members", "member", "together", "epochs", "epoch", "batch", "batches", "seconds",
  /// "left_seconds", "points" and "history".
  Json to_json() const;

 private:
  using Clock = std::chrono::steady_clock;

  /// On the curve of batches: at epoch 1.5, half of the second one is done.
  struct Point {
    double epoch;
    double loss;
    double accuracy;
  };

  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  double share_done() const;
  void thin_out();

  std::string recipe_;
  int epochs_;
  int members_;
  int member_ = 0;
  std::optional<double> together_;
  int64_t steps_ = 0;
  int epoch_ = 0;
  int64_t batch_ = 0;
  int64_t batches_apart_ = 1;
  Clock::time_point start_ = Clock::now();
  std::vector<Point> points_;
  Json history_ = Json::array();
};

}  // namespace antler::digits::server
