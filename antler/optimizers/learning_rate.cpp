#include "antler/optimizers/learning_rate.h"

namespace antler::optimizers {

LearningRate LearningRate::from_config(const Json& saved) {
  if (saved.is_number()) return saved.get<double>();
  return Schedule::from_config(saved);
}

double LearningRate::at(int64_t iterations) const {
  if (const auto* schedule = std::get_if<Schedule>(&rate_)) return (*schedule)(iterations);
  return std::get<double>(rate_);
}

Json LearningRate::to_config() const {
  if (const auto* schedule = std::get_if<Schedule>(&rate_)) return schedule->to_config();
  return double{static_cast<float>(std::get<double>(rate_))};
}

}  // namespace antler::optimizers
