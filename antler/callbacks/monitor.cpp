#include "antler/callbacks/monitor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/whole_number.h"

namespace antler::callbacks {
namespace {

// Of Keras's metrics, those with `_direction = "up"`, and the short names they may be given by.
constexpr std::array better_when_higher = {"accuracy",
                                           "acc",
                                           "binary_accuracy",
                                           "categorical_accuracy",
                                           "sparse_categorical_accuracy",
                                           "top_k_categorical_accuracy",
                                           "sparse_top_k_categorical_accuracy",
                                           "precision",
                                           "recall",
                                           "auc",
                                           "f1_score",
                                           "fbeta_score",
                                           "sensitivity_at_specificity",
                                           "specificity_at_sensitivity",
                                           "precision_at_recall",
                                           "recall_at_precision",
                                           "cosine_similarity",
                                           "r2_score",
                                           "io_u",
                                           "binary_io_u",
                                           "mean_io_u",
                                           "one_hot_io_u",
                                           "one_hot_mean_io_u",
                                           "pearson_correlation",
                                           "concordance_correlation"};

// Those with `_direction = "down"`.
constexpr std::array better_when_lower = {"loss",
                                          "mean_squared_error",
                                          "mse",
                                          "root_mean_squared_error",
                                          "mean_absolute_error",
                                          "mae",
                                          "mean_absolute_percentage_error",
                                          "mape",
                                          "mean_squared_logarithmic_error",
                                          "msle",
                                          "log_cosh",
                                          "logcosh",
                                          "hinge",
                                          "squared_hinge",
                                          "categorical_hinge",
                                          "kl_divergence",
                                          "kullback_leibler_divergence",
                                          "poisson",
                                          "binary_crossentropy",
                                          "categorical_crossentropy",
                                          "sparse_categorical_crossentropy"};

bool higher_is_better(const std::string& callback, const std::string& name, const std::string& mode) {
  if (mode == "max") return true;
  if (mode == "min") return false;
  if (mode != "auto") throw Error("{}: the mode is '{}'; expected auto, min or max", callback, mode);
  std::string_view metric = name;
  if (metric.starts_with("val_")) metric.remove_prefix(4);
  if (std::ranges::find(better_when_higher, metric) != better_when_higher.end()) return true;
  if (std::ranges::find(better_when_lower, metric) != better_when_lower.end()) return false;
  throw Error("{}: whether '{}' should be high or low is not known; expected mode \"max\" or \"min\"",
              callback, name);
}

}  // namespace

Monitor::Monitor(const std::string& callback, std::string name, const std::string& mode, double min_delta)
    : name_(std::move(name)),
      higher_is_better_(higher_is_better(callback, name_, mode)),
      min_delta_(std::abs(min_delta)) {}

std::optional<double> Monitor::value(const Logs& logs) const {
  const auto found = std::ranges::find(logs, name_, [](const auto& entry) { return entry.first; });
  if (found == logs.end()) return std::nullopt;
  return found->second;
}

bool Monitor::is_improvement(double value, const std::optional<double>& reference) const {
  if (!reference) return true;
  return higher_is_better_ ? value - min_delta_ > *reference : value + min_delta_ < *reference;
}

Json best_to_json(const std::optional<double>& best) {
  return best ? Json(*best) : Json(nullptr);
}

std::optional<double> best_from_json(const Json& saved) {
  return saved.is_null() ? std::nullopt : std::optional(saved.get<double>());
}

int count_from_json(const Json& saved) {
  return static_cast<int>(whole_number(saved, "what a callback has counted", 0, 1'000'000'000));
}

bool is_state_of(const Json& state, const std::string& class_name, const std::string& monitor) {
  return state.value("class_name", "") == class_name && state.value("monitor", "") == monitor;
}

std::string names_of(const Logs& logs) {
  std::string names;
  for (const auto& [name, value] : logs) names += (names.empty() ? "" : ",") + name;
  return names;
}

}  // namespace antler::callbacks
