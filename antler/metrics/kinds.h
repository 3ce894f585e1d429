// The metrics there are: their names and how their settings are read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "antler/core/json.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

/// A metric as Keras would make it from a name or a configuration.
struct Described {
  /// Keras's class name: "CategoricalAccuracy".
  std::string class_name;
  /// Keras's name of one that was given no other.
  std::string default_name;
  /// Keras's default: "int64" for metrics that count pixels.
  std::string dtype;
  /// Of a loss that Keras has no metric class for: its function's name.
  std::string function;
  Recipe recipe;
};

/// By class name, name or alias, with the settings of a config (null: the defaults). Throws Error for what
/// antler does not have.
Described describe(const std::string& identifier, const Json& config);

/// Keras's class names of all of them.
std::vector<std::string> metric_classes();

/// The accuracy that Keras takes "accuracy" to be.
std::string_view accuracy_for(const Shape& y_true, const Shape& y_pred);

}  // namespace antler::metrics
