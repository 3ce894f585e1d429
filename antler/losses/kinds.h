// The losses there are: their names, how their settings are read, and how each becomes operations.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/settings.h"
#include "antler/graph/graph.h"
#include "antler/losses/reduction.h"

namespace antler::losses {

/// A loss with its settings.
struct Recipe {
  /// Adds the loss to a graph, from targets and predictions of ranks that fit.
  std::function<graph::Value(graph::Graph&, graph::Value y_true, graph::Value y_pred)> lower;
  /// Of a loss that leaves some of its values out, as Keras does by a mask.
  Counts counts = nullptr;
  /// The class's own part of Keras 3's config.
  Json config = Json::object();
};

struct Kind {
  /// Of the class; empty where Keras has only a name: "crossentropy".
  std::string_view class_name;
  std::string_view name;
  /// Keras's other names, those of Keras 2 included.
  std::span<const std::string_view> aliases;
  Recipe (*read)(Settings& settings);
};

/// By class name, name or alias; null for what antler does not have.
const Kind* find_kind(std::string_view identifier);
/// The same. Throws Error for what antler does not have.
const Kind& kind_of(std::string_view identifier);

/// Keras's class names of all of them.
std::vector<std::string> loss_classes();

}  // namespace antler::losses
