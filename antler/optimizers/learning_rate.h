// How far an update goes: a number, or a schedule.
#pragma once

#include <utility>
#include <variant>

#include "antler/optimizers/schedules/schedule.h"

namespace antler::optimizers {

/// A value; either of the two serves as one.
class LearningRate {
 public:
  LearningRate(double rate) : rate_(rate) {}                       // NOLINT(google-explicit-constructor)
  LearningRate(Schedule schedule) : rate_(std::move(schedule)) {}  // NOLINT(google-explicit-constructor)
  /// From a number, or what Keras 2 or 3 saves of a schedule. Throws Error for anything else.
  static LearningRate from_config(const Json& saved);

  bool is_scheduled() const { return std::holds_alternative<Schedule>(rate_); }
  /// The rate after so many updates.
  double at(int64_t iterations) const;
  /// As Keras 3 saves it: the number that float32 holds, or the schedule.
  Json to_config() const;

 private:
  std::variant<double, Schedule> rate_;
};

}  // namespace antler::optimizers
