#include "antler/losses/kinds.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"
#include "antler/core/whole_number.h"
#include "antler/losses/axes.h"
#include "antler/losses/crossentropies.h"
#include "antler/ops/circle_loss.h"
#include "antler/ops/clip.h"
#include "antler/ops/overlap_loss.h"
#include "antler/ops/pointwise_loss.h"
#include "antler/ops/row_loss.h"

namespace antler::losses {
namespace {

using graph::Graph;
using graph::Value;
using Pointwise = ops::PointwiseLoss::Function;

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

Recipe read_categorical_hinge(Settings& settings) {
  settings.ignore({"axis"});  // Keras 2 reads it, but knows -1 alone
  ops::RowLoss operation;
  operation.function = ops::RowLoss::Function::categorical_hinge;
  return {.lower = lowering(operation)};
}

Recipe read_cosine_similarity(Settings& settings) {
  const int64_t axis = settings.integer("axis", -1);
  const auto lower = [axis](Graph& graph, Value y_true, Value y_pred) {
    ops::RowLoss operation;
    operation.function = ops::RowLoss::Function::cosine_similarity;
    return graph.apply(operation, {with_axis_last(graph, y_true, axis), with_axis_last(graph, y_pred, axis)});
  };
  Recipe recipe{.lower = lower};
  if (axis != -1) recipe.config["axis"] = axis;  // Keras reads it, but forgets to write it
  return recipe;
}

Recipe read_huber(Settings& settings) {
  const double delta = settings.number("delta", 1.0);
  ops::PointwiseLoss operation;
  operation.function = Pointwise::huber;
  operation.delta = static_cast<float>(delta);
  Recipe recipe{.lower = lowering(operation)};
  if (delta != 1.0) recipe.config["delta"] = delta;  // the same
  return recipe;
}

// A number, a list of them, or null for all.
std::optional<std::vector<int>> read_axes(Settings& settings) {
  const Json& axis = settings.raw("axis");
  if (axis.is_null()) return std::nullopt;
  const Json list = axis.is_array() ? axis : Json::array({axis});
  std::vector<int> axes;
  const std::string what = fmt::format("{}: \"axis\"", settings.where());
  for (const Json& each : list)
    axes.push_back(static_cast<int>(whole_number(each, what, -Shape::max_rank, Shape::max_rank)));
  return axes;
}

Recipe read_dice(Settings& settings) {
  ops::OverlapLoss operation;
  operation.epsilon = ops::fuzz / 2;
  operation.axes = read_axes(settings);
  return {.lower = lowering(operation), .config = {{"axis", settings.raw("axis")}}};
}

Recipe read_tversky(Settings& settings) {
  const double alpha = settings.number("alpha", 0.5);
  const double beta = settings.number("beta", 0.5);
  ops::OverlapLoss operation;
  operation.alpha = static_cast<float>(alpha);
  operation.beta = static_cast<float>(beta);
  operation.axes = read_axes(settings);
  return {.lower = lowering(operation),
          .config = {{"alpha", alpha}, {"beta", beta}, {"axis", settings.raw("axis")}}};
}

Recipe read_circle(Settings& settings) {
  const double gamma = settings.number("gamma", 80.0);
  const double margin = settings.number("margin", 0.4);
  ops::CircleLoss operation;
  operation.gamma = static_cast<float>(gamma);
  operation.margin = static_cast<float>(margin);
  operation.remove_diagonal = settings.flag("remove_diagonal", true);
  return {.lower = lowering(operation),
          .counts = [](const BatchLosses& batch, size_t value) { return batch.values.data[value] > 0.0F; },
          .config = {{"gamma", gamma}, {"margin", margin}, {"remove_diagonal", operation.remove_diagonal}}};
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

const std::array<Kind, 22> kinds = {{
    {"BinaryCrossentropy", "binary_crossentropy", bce, read_binary_crossentropy},
    {"BinaryFocalCrossentropy", "binary_focal_crossentropy", {}, read_binary_focal_crossentropy},
    {"CategoricalCrossentropy", "categorical_crossentropy", {}, read_categorical_crossentropy},
    {"CategoricalFocalCrossentropy",
     "categorical_focal_crossentropy",
     {},
     read_categorical_focal_crossentropy},
    {"CategoricalGeneralizedCrossEntropy",
     "categorical_generalized_cross_entropy",
     {},
     read_categorical_generalized_cross_entropy},
    {"SparseCategoricalCrossentropy",
     "sparse_categorical_crossentropy",
     {},
     read_sparse_categorical_crossentropy},
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
    {"CategoricalHinge", "categorical_hinge", {}, read_categorical_hinge},
    {"LogCosh", "log_cosh", logcosh, pointwise<Pointwise::log_cosh>},
    {"Huber", "huber", huber_loss, read_huber},
    {"CosineSimilarity", "cosine_similarity", {}, read_cosine_similarity},
    {"Dice", "dice", {}, read_dice},
    {"Tversky", "tversky", {}, read_tversky},
    {"Circle", "circle", {}, read_circle},
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
