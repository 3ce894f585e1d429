#include "antler/metrics/kinds.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"
#include "antler/core/settings.h"
#include "antler/losses/kinds.h"
#include "antler/metrics/accuracy.h"
#include "antler/metrics/auc.h"
#include "antler/metrics/confusion_metrics.h"
#include "antler/metrics/correlation.h"
#include "antler/metrics/f_score.h"
#include "antler/metrics/iou.h"
#include "antler/metrics/loss_metrics.h"
#include "antler/metrics/means.h"
#include "antler/metrics/r2_score.h"

namespace antler::metrics {
namespace {

struct Kind {
  std::string_view class_name;
  /// What Keras calls one without another name.
  std::string_view name;
  Recipe (*read)(Settings& settings);
  /// The name by which Keras finds it, where that is another.
  std::string_view alias = {};
  std::string_view dtype = "float32";
};

constexpr std::array<Kind, 31> kinds = {{
    {"Accuracy", "accuracy", read_accuracy},
    {"BinaryAccuracy", "binary_accuracy", read_binary_accuracy},
    {"CategoricalAccuracy", "categorical_accuracy", read_categorical_accuracy},
    {"SparseCategoricalAccuracy", "sparse_categorical_accuracy", read_sparse_categorical_accuracy},
    {"TopKCategoricalAccuracy", "top_k_categorical_accuracy", read_top_k_categorical_accuracy},
    {"SparseTopKCategoricalAccuracy", "sparse_top_k_categorical_accuracy",
     read_sparse_top_k_categorical_accuracy},
    {"AUC", "auc", read_auc},
    {"Precision", "precision", read_precision},
    {"Recall", "recall", read_recall},
    {"TruePositives", "true_positives", read_true_positives},
    {"TrueNegatives", "true_negatives", read_true_negatives},
    {"FalsePositives", "false_positives", read_false_positives},
    {"FalseNegatives", "false_negatives", read_false_negatives},
    {"SensitivityAtSpecificity", "sensitivity_at_specificity", read_sensitivity_at_specificity},
    {"SpecificityAtSensitivity", "specificity_at_sensitivity", read_specificity_at_sensitivity},
    {"PrecisionAtRecall", "precision_at_recall", read_precision_at_recall},
    {"RecallAtPrecision", "recall_at_precision", read_recall_at_precision},
    {"F1Score", "f1_score", read_f1_score},
    {"FBetaScore", "fbeta_score", read_fbeta_score, "f_beta_score"},
    {"IoU", "io_u", read_iou, {}, "int64"},
    {"BinaryIoU", "binary_io_u", read_binary_iou, {}, "int64"},
    {"MeanIoU", "mean_io_u", read_mean_iou, {}, "int64"},
    {"OneHotIoU", "one_hot_io_u", read_one_hot_iou, {}, "int64"},
    {"OneHotMeanIoU", "one_hot_mean_io_u", read_one_hot_mean_iou, {}, "int64"},
    {"R2Score", "r2_score", read_r2_score},
    {"RootMeanSquaredError", "root_mean_squared_error", read_root_mean_squared_error},
    {"CosineSimilarity", "cosine_similarity", read_cosine_similarity},
    {"PearsonCorrelation", "pearson_correlation", read_pearson_correlation},
    {"ConcordanceCorrelation", "concordance_correlation", read_concordance_correlation},
    {"Mean", "mean", read_mean},
    {"Sum", "sum", read_sum},
}};

// Keras calls this one metric otherwise than the loss.
constexpr const char* log_cosh_class = "LogCoshError";

// The losses that are metric classes in Keras too; the others are metrics as functions alone.
constexpr std::array<std::string_view, 12> losses_as_classes = {"BinaryCrossentropy",
                                                                "CategoricalCrossentropy",
                                                                "SparseCategoricalCrossentropy",
                                                                "KLDivergence",
                                                                "Poisson",
                                                                "MeanSquaredError",
                                                                "MeanAbsoluteError",
                                                                "MeanAbsolutePercentageError",
                                                                "MeanSquaredLogarithmicError",
                                                                "Hinge",
                                                                "SquaredHinge",
                                                                "CategoricalHinge"};

bool is_metric_class(std::string_view class_name) {
  return std::ranges::find(losses_as_classes, class_name) != losses_as_classes.end();
}

Described describe_loss(const std::string& identifier, const Json& config) {
  const bool is_log_cosh = identifier == log_cosh_class || identifier == "log_cosh_error";
  const losses::Kind* kind = losses::find_kind(is_log_cosh ? "LogCosh" : identifier);
  if (kind == nullptr || kind->class_name.empty()) throw Error("there is no metric '{}'", identifier);
  const std::string class_name(kind->class_name);
  Recipe recipe = loss_recipe(class_name, config);
  if (class_name == "LogCosh") return {log_cosh_class, "logcosh", "float32", "", std::move(recipe)};
  const std::string name(kind->name);
  if (is_metric_class(class_name)) return {class_name, name, "float32", "", std::move(recipe)};
  return {"MeanMetricWrapper", name, "float32", name, std::move(recipe)};
}

}  // namespace

Described describe(const std::string& identifier, const Json& config) {
  const auto* kind = std::ranges::find_if(kinds, [&](const Kind& each) {
    return each.class_name == identifier || each.name == identifier || each.alias == identifier;
  });
  if (kind == kinds.end() || identifier.empty()) return describe_loss(identifier, config);
  Settings settings(config, fmt::format("metric '{}'", kind->class_name));
  Recipe recipe = kind->read(settings);
  settings.ignore({"name", "dtype", "fn"});
  settings.finish();
  return {std::string(kind->class_name), std::string(kind->name), std::string(kind->dtype), "",
          std::move(recipe)};
}

std::vector<std::string> metric_classes() {
  std::vector<std::string> names{log_cosh_class};
  for (const Kind& kind : kinds) names.emplace_back(kind.class_name);
  for (const std::string_view loss : losses_as_classes) names.emplace_back(loss);
  return names;
}

std::string_view accuracy_for(const Shape& y_true, const Shape& y_pred) {
  if (y_pred.back() == 1) return "BinaryAccuracy";
  const bool is_sparse = y_true.rank() < y_pred.rank() || (y_true.back() == 1 && y_pred.back() > 1);
  return is_sparse ? "SparseCategoricalAccuracy" : "CategoricalAccuracy";
}

}  // namespace antler::metrics
