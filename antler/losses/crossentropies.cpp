#include "antler/losses/crossentropies.h"

#include <optional>

#include "antler/core/error.h"
#include "antler/losses/axes.h"
#include "antler/ops/activation.h"
#include "antler/ops/crossentropy.h"
#include "antler/ops/focal_crossentropy.h"
#include "antler/ops/generalized_crossentropy.h"
#include "antler/ops/pointwise_loss.h"
#include "antler/ops/softmax.h"

namespace antler::losses {
namespace {

using graph::Graph;
using graph::Value;
using Pointwise = ops::PointwiseLoss::Function;

// What went into the softmax or sigmoid that made `predictions`. Keras 3 does not ask which of the two it
// was.
std::optional<Value> logits_behind(const Graph& graph, Value predictions) {
  const graph::Node* node = graph.producer(predictions);
  if (node == nullptr) return std::nullopt;
  const auto* softmax = dynamic_cast<const ops::Softmax*>(node->operation.get());
  const auto* activation = dynamic_cast<const ops::Activation*>(node->operation.get());
  const bool is_sigmoid = activation != nullptr && activation->function == ops::Activation::Function::sigmoid;
  if ((softmax != nullptr && !softmax->logarithm) || is_sigmoid) return node->inputs.front();
  return std::nullopt;
}

// Calls lower(predictions, from_logits) on the logits where there are any.
template <typename Lower>
Value with_logits(const Graph& graph, Value predictions, bool from_logits, const Lower& lower) {
  const std::optional<Value> logits = logits_behind(graph, predictions);
  return lower(logits.value_or(predictions), from_logits || logits.has_value());
}

// What the crossentropies of dense targets have in common.
struct Common {
  bool from_logits;
  double label_smoothing;
  int64_t axis;

  explicit Common(Settings& settings)
      : from_logits(settings.flag("from_logits", false)),
        label_smoothing(settings.number("label_smoothing", 0.0)),
        axis(settings.integer("axis", -1)) {
    if (label_smoothing >= 0.0 && label_smoothing <= 1.0) return;
    throw Error("{}: \"label_smoothing\" is {}; expected 0 to 1", settings.where(), label_smoothing);
  }

  Json config() const {
    return {{"from_logits", from_logits}, {"label_smoothing", label_smoothing}, {"axis", axis}};
  }
  template <typename Op>
  Value apply(const Op& operation, Graph& graph, Value y_true, Value y_pred) const {
    return graph.apply(operation, {with_axis_last(graph, y_true, axis), with_axis_last(graph, y_pred, axis)});
  }
};

// Keras divides by the last extent, whichever axis the classes are on.
int64_t smoothed_classes(const Graph& graph, Value y_true) {
  return graph.shape(y_true).back();
}

void check_last_axis(Settings& settings) {
  const int64_t axis = settings.integer("axis", -1);
  if (axis != -1) throw Error("{}: \"axis\" is {}; expected -1", settings.where(), axis);
}

std::vector<float> read_alpha(Settings& settings, Json& written) {
  const Json alpha = settings.raw("alpha").is_null() ? Json(0.25) : settings.raw("alpha");
  written = alpha;
  if (alpha.is_number()) return {alpha.get<float>()};
  std::vector<float> all;
  if (alpha.is_array()) {
    for (const Json& each : alpha) {
      if (each.is_number()) all.push_back(each.get<float>());
    }
  }
  if (all.empty() || all.size() != alpha.size()) {
    throw Error("{}: \"alpha\" is {}; expected a number, or one for each class", settings.where(),
                dump_json(alpha));
  }
  return all;
}

}  // namespace

Recipe read_categorical_crossentropy(Settings& settings) {
  const Common common(settings);
  const auto lower = [common](Graph& graph, Value y_true, Value y_pred) {
    return with_logits(graph, y_pred, common.from_logits, [&](Value predictions, bool are_logits) {
      ops::Crossentropy operation;
      operation.from_logits = are_logits;
      operation.label_smoothing = common.label_smoothing;
      operation.smoothed_classes = smoothed_classes(graph, y_true);
      return common.apply(operation, graph, y_true, predictions);
    });
  };
  return {.lower = lower, .config = common.config()};
}

Recipe read_binary_crossentropy(Settings& settings) {
  const Common common(settings);
  const auto lower = [common](Graph& graph, Value y_true, Value y_pred) {
    return with_logits(graph, y_pred, common.from_logits, [&](Value predictions, bool are_logits) {
      ops::PointwiseLoss operation;
      operation.function = are_logits ? Pointwise::sigmoid_crossentropy : Pointwise::binary_crossentropy;
      operation.label_smoothing = common.label_smoothing;
      return common.apply(operation, graph, y_true, predictions);
    });
  };
  return {.lower = lower, .config = common.config()};
}

Recipe read_binary_focal_crossentropy(Settings& settings) {
  const Common common(settings);
  ops::PointwiseLoss operation;
  operation.label_smoothing = common.label_smoothing;
  operation.apply_class_balancing = settings.flag("apply_class_balancing", false);
  const double alpha = settings.number("alpha", 0.25);
  const double gamma = settings.number("gamma", 2.0);
  operation.alpha = static_cast<float>(alpha);
  operation.gamma = static_cast<float>(gamma);
  const auto lower = [common, operation](Graph& graph, Value y_true, Value y_pred) {
    return with_logits(graph, y_pred, common.from_logits, [&](Value predictions, bool are_logits) {
      ops::PointwiseLoss chosen = operation;
      chosen.function = are_logits ? Pointwise::sigmoid_focal : Pointwise::binary_focal;
      return common.apply(chosen, graph, y_true, predictions);
    });
  };
  Json config = common.config();
  config.update(
      {{"apply_class_balancing", operation.apply_class_balancing}, {"alpha", alpha}, {"gamma", gamma}});
  return {.lower = lower, .config = config};
}

Recipe read_categorical_focal_crossentropy(Settings& settings) {
  const Common common(settings);
  Json config = common.config();
  ops::FocalCrossentropy operation;
  operation.alpha = read_alpha(settings, config["alpha"]);
  const double gamma = settings.number("gamma", 2.0);
  config["gamma"] = gamma;
  operation.gamma = static_cast<float>(gamma);
  operation.from_logits = common.from_logits;
  operation.label_smoothing = common.label_smoothing;
  const auto lower = [common, operation](Graph& graph, Value y_true, Value y_pred) {
    ops::FocalCrossentropy smoothed = operation;
    smoothed.smoothed_classes = smoothed_classes(graph, y_true);
    return common.apply(smoothed, graph, y_true, y_pred);
  };
  return {.lower = lower, .config = config};
}

Recipe read_categorical_generalized_cross_entropy(Settings& settings) {
  const double q = settings.number("q", 0.5);
  if (!(q > 0.0 && q < 1.0)) throw Error("{}: \"q\" is {}; expected between 0 and 1", settings.where(), q);
  ops::GeneralizedCrossentropy operation;
  operation.q = static_cast<float>(q);
  const auto lower = [operation](Graph& graph, Value y_true, Value y_pred) {
    return graph.apply(operation, {y_true, y_pred});
  };
  return {.lower = lower, .config = {{"q", q}}};
}

Recipe read_sparse_categorical_crossentropy(Settings& settings) {
  const bool from_logits = settings.flag("from_logits", false);
  check_last_axis(settings);
  const bool ignores = !settings.raw("ignore_class").is_null();
  const int64_t ignored = settings.integer("ignore_class", 0);
  std::optional<float> ignored_class;
  if (ignores) ignored_class = static_cast<float>(ignored);
  const auto lower = [from_logits, ignored_class](Graph& graph, Value y_true, Value y_pred) {
    return with_logits(graph, y_pred, from_logits, [&](Value predictions, bool are_logits) {
      ops::Crossentropy operation;
      operation.sparse = true;
      operation.from_logits = are_logits;
      operation.ignored_class = ignored_class;
      return graph.apply(operation, {y_true, predictions});
    });
  };
  Recipe recipe{.lower = lower, .config = {{"from_logits", from_logits}, {"ignore_class", nullptr}}};
  if (!ignores) return recipe;
  recipe.config["ignore_class"] = ignored;
  recipe.counts = [ignored_class](const BatchLosses& batch, size_t value) {
    return batch.y_true.data[value] != *ignored_class;
  };
  return recipe;
}

Recipe read_any_crossentropy(Settings& settings) {
  const auto lower = [binary = read_binary_crossentropy(settings).lower,
                      sparse = read_sparse_categorical_crossentropy(settings).lower,
                      categorical = read_categorical_crossentropy(settings).lower](Graph& graph, Value y_true,
                                                                                   Value y_pred) {
    const Shape& targets = graph.shape(y_true);
    const Shape& predictions = graph.shape(y_pred);
    if (predictions.back() == 1) return binary(graph, y_true, y_pred);
    const bool is_sparse = targets.rank() < predictions.rank() || targets.back() == 1;
    return is_sparse ? sparse(graph, y_true, y_pred) : categorical(graph, y_true, y_pred);
  };
  return {.lower = lower};
}

}  // namespace antler::losses
