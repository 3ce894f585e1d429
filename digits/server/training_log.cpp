#include "digits/server/training_log.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace antler::digits::server {
namespace {

constexpr size_t most_points = 600;

// Null for what JSON has no number for: a run that has gone astray.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

double value_of(const callbacks::Logs& logs, const std::string& name) {
  const auto found = std::ranges::find(logs, name, &callbacks::Logs::value_type::first);
  return found == logs.end() ? std::nan("") : found->second;
}

}  // namespace

TrainingLog::TrainingLog(std::string recipe, int epochs, int members)
    : recipe_(std::move(recipe)), epochs_(epochs), members_(members) {}

void TrainingLog::begin(int64_t steps) {
  if (member_++ == 0) start_ = Clock::now();
  steps_ = steps;
  epoch_ = 0;
  batch_ = 0;
  batches_apart_ = 1;
  points_.clear();
  history_ = Json::array();
}

void TrainingLog::batch(int epoch, int64_t batch, const callbacks::Logs& logs) {
  epoch_ = epoch;
  batch_ = batch + 1;
  if (batch_ % batches_apart_ != 0) return;
  const double at = epoch + static_cast<double>(batch_) / static_cast<double>(std::max<int64_t>(steps_, 1));
  points_.push_back({.epoch = at, .loss = value_of(logs, "loss"), .accuracy = value_of(logs, "accuracy")});
  if (points_.size() > most_points) thin_out();
}

void TrainingLog::thin_out() {
  size_t kept = 0;
  for (size_t i = 1; i < points_.size(); i += 2) points_[kept++] = points_[i];
  points_.resize(kept);
  batches_apart_ *= 2;
}

void TrainingLog::epoch(int epoch, const callbacks::Logs& logs) {
  Json row{{"epoch", epoch + 1}};
  for (const auto& [name, value] : logs) row[name] = number(value);
  history_.push_back(std::move(row));
}

double TrainingLog::share_done() const {
  const double in_epoch = static_cast<double>(batch_) / static_cast<double>(std::max<int64_t>(steps_, 1));
  return (std::max(member_ - 1, 0) + (epoch_ + in_epoch) / epochs_) / members_;
}

Json TrainingLog::to_json() const {
  const double share = share_done();
  Json points = Json::array();
  for (const Point& point : points_)
    points.push_back({number(point.epoch), number(point.loss), number(point.accuracy)});
  return {{"recipe", recipe_},
          {"members", members_},
          {"member", member_},
          {"together", together_ ? Json(*together_) : Json(nullptr)},
          {"epochs", epochs_},
          {"epoch", steps_ > 0 ? epoch_ + 1 : 0},
          {"batch", batch_},
          {"batches", steps_},
          {"seconds", seconds()},
          {"left_seconds", share > 0.0 ? Json(seconds() * (1.0 - share) / share) : Json(nullptr)},
          {"points", std::move(points)},
          {"history", history_}};
}

}  // namespace antler::digits::server
