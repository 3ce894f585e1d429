// A metric with its settings: how it counts a batch, and what it makes of the counts.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::metrics {

/// What a metric counts at once.
struct Batch {
  /// (batch, ...) both; `y_true.data` is null for metrics of values.
  ConstView y_true;
  ConstView y_pred;
  /// One for each sample, or for each value; empty: 1 each.
  std::span<const float> sample_weights = {};
};

/// What a metric has counted; empty before the first batch.
using State = std::vector<double>;

struct Recipe {
  /// The class's own part of Keras 3's config.
  Json config = Json::object();
  /// Throws Error when the shapes, batch axis included, do not fit.
  std::function<void(const Shape& y_true, const Shape& y_pred)> check = nullptr;
  /// Adds a batch to the state. Throws Error when it does not fit.
  std::function<void(const Batch& batch, State& state)> update = nullptr;
  /// One number, or one for each class or threshold. Never fails on a state that update() left or an empty
  /// one.
  std::function<std::vector<double>(const State& state)> result = nullptr;
};

}  // namespace antler::metrics
