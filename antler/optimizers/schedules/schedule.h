// A learning rate that follows from the number of updates so far: Keras's LearningRateSchedule.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "antler/core/json.h"

namespace antler::optimizers {

/// A value. Made by one of the functions of schedules.h, such as ExponentialDecay().
class Schedule {
 public:
  /// The rate after so many updates, in float32 as Keras works it out.
  using Formula = std::function<float(int64_t step)>;
  /// `class_name` and `config` are Keras's.
  Schedule(std::string class_name, Json config, Formula formula);
  /// From what Keras 2 or 3 saves: {"class_name", "config"}. Throws Error for an unknown class or setting.
  static Schedule from_config(const Json& saved);

  const std::string& class_name() const { return class_name_; }
  /// As Keras 3 saves it: {"module", "class_name", "config", "registered_name"}.
  Json to_config() const;
  float operator()(int64_t step) const { return formula_(step); }

 private:
  std::string class_name_;
  Json config_;
  Formula formula_;
};

/// Keras's class names of all schedules that Schedule::from_config() knows.
std::vector<std::string> schedule_classes();

}  // namespace antler::optimizers
