// The metrics there are: their names, how their settings are read, and how each is computed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::metrics {

/// A metric with its settings.
struct Recipe {
  /// Keras's class name: "CategoricalAccuracy".
  std::string class_name;
  /// Keras's name of one that has no other.
  std::string default_name;
  /// The class's own part of Keras 3's config.
  Json config = Json::object();
  /// The sum over a batch's samples.
  std::function<double(ConstView y_true, ConstView y_pred)> sum;
  /// Throws Error when the shapes, batch axis included, do not fit.
  std::function<void(const Shape& y_true, const Shape& y_pred)> check;
};

/// By class name, name or alias, with the settings of a config (null: the defaults). Throws Error for what
/// antler does not have.
Recipe recipe_of(const std::string& identifier, const Json& config);

/// Keras's class names of all of them.
std::vector<std::string> metric_classes();

/// The accuracy that Keras takes "accuracy" to be.
std::string_view accuracy_for(const Shape& y_true, const Shape& y_pred);

}  // namespace antler::metrics
