#include "antler/losses/kinds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "antler/core/error.h"
#include "antler/ops/activation.h"
#include "antler/ops/crossentropy.h"
#include "antler/ops/pointwise_loss.h"
#include "antler/ops/row_loss.h"
#include "antler/ops/softmax.h"

namespace antler::losses {
namespace {

using graph::Graph;
using graph::Value;
using optimizers::Settings;
using Pointwise = ops::PointwiseLoss::Function;

void check_axis(Settings& settings) {
  const int64_t axis = settings.integer("axis", -1);
  if (axis != -1) throw Error("{}: \"axis\" is {}; expected -1", settings.where(), axis);
}

template <typename Op>
auto lowering(const Op& operation) {
  return [operation](Graph& graph, Value y_true, Value y_pred) {
    return graph.apply(operation, {y_true, y_pred});
  };
}

template <Pointwise function>
Recipe pointwise(Settings& /*settings*/) {
  ops::PointwiseLoss operation;
  operation.function = function;
  return {.lower = lowering(operation)};
}

template <ops::RowLoss::Function function>
Recipe by_row(Settings& settings) {
  check_axis(settings);
  ops::RowLoss operation;
  operation.function = function;
  return {.lower = lowering(operation)};
}

Recipe read_huber(Settings& settings) {
  const double delta = settings.number("delta", 1.0);
  ops::PointwiseLoss operation;
  operation.function = Pointwise::huber;
  operation.delta = static_cast<float>(delta);
  Recipe recipe{.lower = lowering(operation)};
  if (delta != 1.0) recipe.config["delta"] = delta;  // Keras reads it, but forgets to write it
  return recipe;
}

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

double read_label_smoothing(Settings& settings) {
  const double smoothing = settings.number("label_smoothing", 0.0);
  if (smoothing >= 0.0 && smoothing <= 1.0) return smoothing;
  throw Error("{}: \"label_smoothing\" is {}; expected 0 to 1", settings.where(), smoothing);
}

Recipe read_categorical(Settings& settings) {
  const bool from_logits = settings.flag("from_logits", false);
  const double smoothing = read_label_smoothing(settings);
  check_axis(settings);
  const auto lower = [=](Graph& graph, Value y_true, Value y_pred) {
    return with_logits(graph, y_pred, from_logits, [&](Value predictions, bool are_logits) {
      ops::Crossentropy operation;
      operation.from_logits = are_logits;
      operation.label_smoothing = smoothing;
      return graph.apply(operation, {y_true, predictions});
    });
  };
  return {.lower = lower,
          .config = {{"from_logits", from_logits}, {"label_smoothing", smoothing}, {"axis", -1}}};
}

Recipe read_binary(Settings& settings) {
  Recipe recipe = read_categorical(settings);  // their settings are the same
  recipe.lower = [from_logits = recipe.config["from_logits"].get<bool>(),
                  smoothing = recipe.config["label_smoothing"].get<double>()](Graph& graph, Value y_true,
                                                                              Value y_pred) {
    return with_logits(graph, y_pred, from_logits, [&](Value predictions, bool are_logits) {
      ops::PointwiseLoss operation;
      operation.function = are_logits ? Pointwise::sigmoid_crossentropy : Pointwise::binary_crossentropy;
      operation.label_smoothing = smoothing;
      return graph.apply(operation, {y_true, predictions});
    });
  };
  return recipe;
}

Recipe read_sparse(Settings& settings) {
  const bool from_logits = settings.flag("from_logits", false);
  check_axis(settings);
  if (!settings.raw("ignore_class").is_null()) {
    throw Error("{}: \"ignore_class\" is {}, which antler does not support; expected null", settings.where(),
                dump_json(settings.raw("ignore_class")));
  }
  const auto lower = [=](Graph& graph, Value y_true, Value y_pred) {
    return with_logits(graph, y_pred, from_logits, [&](Value predictions, bool are_logits) {
      ops::Crossentropy operation;
      operation.sparse = true;
      operation.from_logits = are_logits;
      return graph.apply(operation, {y_true, predictions});
    });
  };
  return {.lower = lower, .config = {{"from_logits", from_logits}, {"ignore_class", nullptr}}};
}

// Which of the three it is depends on the shapes.
Recipe read_any_crossentropy(Settings& settings) {
  const auto lower = [binary = read_binary(settings).lower, sparse = read_sparse(settings).lower,
                      categorical = read_categorical(settings).lower](Graph& graph, Value y_true,
                                                                      Value y_pred) {
    const Shape& targets = graph.shape(y_true);
    const Shape& predictions = graph.shape(y_pred);
    if (predictions.back() == 1) return binary(graph, y_true, y_pred);
    const bool is_sparse = targets.rank() < predictions.rank() || targets.back() == 1;
    return is_sparse ? sparse(graph, y_true, y_pred) : categorical(graph, y_true, y_pred);
  };
  return {.lower = lower};
}

constexpr std::array<std::string_view, 2> bce = {"bce", "BCE"};
constexpr std::array<std::string_view, 3> kld = {"kld", "KLD", "kullback_leibler_divergence"};
constexpr std::array<std::string_view, 2> mae = {"mae", "MAE"};
constexpr std::array<std::string_view, 2> mape = {"mape", "MAPE"};
constexpr std::array<std::string_view, 2> mse = {"mse", "MSE"};
constexpr std::array<std::string_view, 2> msle = {"msle", "MSLE"};
constexpr std::array<std::string_view, 1> logcosh = {"logcosh"};
constexpr std::array<std::string_view, 1> huber_loss = {"huber_loss"};
constexpr std::array<std::string_view, 3> ce = {"ce", "CE", "Crossentropy"};

const std::array<Kind, 16> kinds = {{
    {"BinaryCrossentropy", "binary_crossentropy", bce, read_binary},
    {"CategoricalCrossentropy", "categorical_crossentropy", {}, read_categorical},
    {"SparseCategoricalCrossentropy", "sparse_categorical_crossentropy", {}, read_sparse},
    {"", "crossentropy", ce, read_any_crossentropy},
    {"MeanSquaredError", "mean_squared_error", mse, pointwise<Pointwise::squared_error>},
    {"MeanAbsoluteError", "mean_absolute_error", mae, pointwise<Pointwise::absolute_error>},
    {"MeanAbsolutePercentageError", "mean_absolute_percentage_error", mape,
     pointwise<Pointwise::absolute_percentage_error>},
    {"MeanSquaredLogarithmicError", "mean_squared_logarithmic_error", msle,
     pointwise<Pointwise::squared_logarithmic_error>},
    {"KLDivergence", "kl_divergence", kld, pointwise<Pointwise::kl_divergence>},
    {"Poisson", "poisson", {}, pointwise<Pointwise::poisson>},
    {"Hinge", "hinge", {}, pointwise<Pointwise::hinge>},
    {"SquaredHinge", "squared_hinge", {}, pointwise<Pointwise::squared_hinge>},
    {"CategoricalHinge", "categorical_hinge", {}, by_row<ops::RowLoss::Function::categorical_hinge>},
    {"LogCosh", "log_cosh", logcosh, pointwise<Pointwise::log_cosh>},
    {"Huber", "huber", huber_loss, read_huber},
    {"CosineSimilarity", "cosine_similarity", {}, by_row<ops::RowLoss::Function::cosine_similarity>},
}};

}  // namespace

const Kind* find_kind(std::string_view identifier) {
  const auto* kind = std::ranges::find_if(kinds, [&](const Kind& each) {
    return !identifier.empty() && (each.class_name == identifier || each.name == identifier ||
                                   std::ranges::count(each.aliases, identifier) > 0);
  });
  return kind == kinds.end() ? nullptr : kind;
}

const Kind& kind_of(std::string_view identifier) {
  const Kind* kind = find_kind(identifier);
  if (kind == nullptr) throw Error("there is no loss '{}'", identifier);
  return *kind;
}

std::vector<std::string> loss_classes() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) {
    if (!kind.class_name.empty()) names.emplace_back(kind.class_name);
  }
  return names;
}

}  // namespace antler::losses
