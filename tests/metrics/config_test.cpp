// Metrics as Keras 3.15.1 and tf-keras 2.21 write them.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/losses/losses.h"
#include "antler/metrics/metrics.h"

namespace antler::metrics {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Metric read(std::string_view saved) {
  return Metric::from_config(parse_json(saved, "test"));
}

TEST(MetricConfig, IsReadFromAName) {
  EXPECT_EQ(read("\"accuracy\"").name(), "accuracy");
  EXPECT_EQ(read("\"mse\"").to_config(), Json("mse"));
}

TEST(MetricConfig, IsWrittenAsKerasWritesIt) {
  constexpr std::string_view saved =
      R"({"module": "keras.metrics", "class_name": "TopKCategoricalAccuracy", "config": {"name": "top2", )"
      R"("dtype": "float32", "k": 2}, "registered_name": null})";
  EXPECT_EQ(dump_json(read(saved).to_config()), saved);
  EXPECT_EQ(read(saved).name(), "top2");
  constexpr std::string_view binary =
      R"({"module": "keras.metrics", "class_name": "BinaryAccuracy", "config": {"name": "binary_accuracy", )"
      R"("dtype": "float32", "threshold": 0.4}, "registered_name": null})";
  EXPECT_EQ(dump_json(read(binary).to_config()), binary);
}

TEST(MetricConfig, OfALossIsWrittenAsKerasWritesIt) {
  EXPECT_EQ(
      dump_json(
          read(R"({"class_name": "BinaryCrossentropy", "config": {"label_smoothing": 0.5}})").to_config()),
      R"({"module": "keras.metrics", "class_name": "BinaryCrossentropy", "config": )"
      R"({"name": "binary_crossentropy", "dtype": "float32", "from_logits": false, "label_smoothing": 0.5}, )"
      R"("registered_name": null})");
  EXPECT_EQ(dump_json(read(R"({"class_name": "LogCoshError", "config": {}})").to_config()),
            R"({"module": "keras.metrics", "class_name": "LogCoshError", "config": )"
            R"({"name": "logcosh", "dtype": "float32"}, "registered_name": null})");
}

TEST(MetricConfig, OfALossThatIsNoMetricClassIsWrittenAsAFunction) {
  constexpr std::string_view saved =
      R"({"module": "keras.metrics", "class_name": "MeanMetricWrapper", "config": {"name": "h", "dtype": )"
      R"("float32", "fn": {"module": "builtins", "class_name": "function", "config": "huber", )"
      R"("registered_name": "function"}, "delta": 2.0}, "registered_name": null})";
  EXPECT_EQ(dump_json(read(saved).to_config()), saved);
  EXPECT_EQ(Metric("huber").to_config()["config"]["fn"]["config"], "huber");
}

TEST(MetricConfig, OfEachClassIsWrittenAsKerasWritesIt) {
  const auto config = [](const Metric& metric) { return dump_json(metric.to_config()["config"]); };
  EXPECT_EQ(
      config(AUC()),
      R"({"name": "auc", "dtype": "float32", "num_thresholds": 200, "curve": "ROC", "summation_method": )"
      R"("interpolation", "multi_label": false, "num_labels": null, "label_weights": null, )"
      R"("from_logits": false})");
  EXPECT_EQ(config(Recall({.thresholds = {0.1, 0.2}, .top_k = 2, .class_id = 1})),
            R"({"name": "recall", "dtype": "float32", "thresholds": [0.1, 0.2], "top_k": 2, "class_id": 1})");
  EXPECT_EQ(config(FalseNegatives({.thresholds = {0.3}})),
            R"({"name": "false_negatives", "dtype": "float32", "thresholds": 0.3})");
  EXPECT_EQ(config(PrecisionAtRecall(0.5)),
            R"({"name": "precision_at_recall", "dtype": "float32", "class_id": null, "num_thresholds": 200, )"
            R"("recall": 0.5})");
  EXPECT_EQ(config(F1Score()),
            R"({"name": "f1_score", "dtype": "float32", "average": null, "threshold": null})");
  EXPECT_EQ(config(R2Score()), R"({"name": "r2_score", "dtype": "float32", "class_aggregation": )"
                               R"("uniform_average", "num_regressors": 0})");
  EXPECT_EQ(
      config(IoU(2, {0})),
      R"({"name": "io_u", "dtype": "int64", "num_classes": 2, "target_class_ids": [0], "ignore_class": )"
      R"(null, "axis": -1, "sparse_y_true": true, "sparse_y_pred": true})");
  EXPECT_EQ(config(PearsonCorrelation()),
            R"({"name": "pearson_correlation", "dtype": "float32", "axis": -1})");
  EXPECT_EQ(config(CosineSimilarity()), R"({"name": "cosine_similarity", "dtype": "float32"})");
}

TEST(MetricConfig, IsReadBackAsItWasWritten) {
  for (const Metric& metric :
       {Accuracy({.name = "mine"}),
        BinaryAccuracy({.threshold = 0.25}),
        CategoricalAccuracy(),
        SparseCategoricalAccuracy(),
        TopKCategoricalAccuracy({.k = 3}),
        SparseTopKCategoricalAccuracy({.k = 2, .from_sorted_ids = true}),
        TruePositives(),
        TrueNegatives(),
        FalsePositives({.thresholds = {0.5, 0.75}}),
        FalseNegatives(),
        Precision({.top_k = 2}),
        Recall({.class_id = 1}),
        SensitivityAtSpecificity(0.5),
        SpecificityAtSensitivity(0.25),
        PrecisionAtRecall(0.5, {.num_thresholds = 3}),
        RecallAtPrecision(0.5, {.class_id = 2}),
        AUC({.curve = "PR", .thresholds = {0.25, 0.5}, .label_weights = {1, 2}}),
        AUC({.summation_method = "minoring", .multi_label = true, .num_labels = 2, .from_logits = true}),
        F1Score({.average = "macro", .threshold = 0.5}),
        FBetaScore({.beta = 2.0}),
        R2Score({.class_aggregation = "", .num_regressors = 1}),
        IoU(3, {0, 2}, {.ignore_class = 1}),
        BinaryIoU({.target_class_ids = {1}, .threshold = 0.25}),
        MeanIoU(3, {.dtype = "float32"}),
        OneHotIoU(3, {1}),
        OneHotMeanIoU(3, {.sparse_y_pred = true}),
        RootMeanSquaredError(),
        CosineSimilarity({.axis = 1}),
        PearsonCorrelation({.axis = 0}),
        ConcordanceCorrelation(),
        Mean(),
        Sum(),
        Metric("huber")}) {
    EXPECT_EQ(dump_json(Metric::from_config(metric.to_config()).to_config()), dump_json(metric.to_config()));
  }
}

TEST(MetricConfig, ReadsLabelWeightsAsKerasWritesThem) {
  const Metric metric = read(R"({"class_name": "AUC", "config": {"name": "auc", "label_weights":
      {"class_name": "__tensor__", "config": {"value": [1.0, 2.0], "dtype": "float32"}}}})");
  EXPECT_EQ(metric.to_config()["config"]["label_weights"], Json({1.0, 2.0}));
}

TEST(MetricConfig, KnowsKerassNames) {
  for (const char* name : {"auc", "AUC", "precision", "Recall", "true_positives", "f1_score", "f_beta_score",
                           "r2_score", "root_mean_squared_error", "binary_io_u", "pearson_correlation",
                           "log_cosh_error", "kl_divergence", "mape"})
    EXPECT_EQ(Metric(name).name(), name);
}

TEST(MetricConfig, IsReadFromTheWrapperOfKeras2) {
  const Metric metric = read(R"({"class_name": "MeanMetricWrapper",
      "config": {"name": "accuracy", "dtype": "float32", "fn": "categorical_accuracy"}})");
  EXPECT_EQ(metric.name(), "accuracy");
  EXPECT_EQ(dump_json(metric.to_config()),
            R"({"module": "keras.metrics", "class_name": "CategoricalAccuracy", "config": )"
            R"({"name": "accuracy", "dtype": "float32"}, "registered_name": null})");
  EXPECT_EQ(read(R"({"class_name": "MeanMetricWrapper",
                     "config": {"name": "mse", "dtype": "float32", "fn": "mean_squared_error"}})")
                .name(),
            "mse");
}

TEST(MetricConfig, IsReadFromAFunction) {
  EXPECT_EQ(read(R"({"module": "builtins", "class_name": "function", "config": "binary_accuracy",
                     "registered_name": "binary_accuracy"})")
                .name(),
            "binary_accuracy");
}

TEST(MetricConfig, TakesAnObjectOfClassAccuracyForEqualityWhateverTheShapes) {
  Metric metric = read(R"({"class_name": "Accuracy", "config": {"name": "accuracy"}})");
  const Tensor predictions({2, 1}, {0.9F, 1.0F});
  metric.resolve(predictions.shape(), predictions.shape());
  metric.update(Tensor({2, 1}, {1, 1}).view(), predictions.view());
  EXPECT_EQ(metric.result(), 0.5);
}

TEST(MetricConfig, UsesWhatItReads) {
  Metric metric = read(R"({"class_name": "BinaryAccuracy", "config": {"threshold": 0.2}})");
  metric.update(Tensor({2, 1}, {1, 1}).view(), Tensor({2, 1}, {0.1F, 0.3F}).view());
  EXPECT_EQ(metric.result(), 0.5);
}

TEST(MetricConfig, RefusesWhatItDoesNotUnderstand) {
  EXPECT_THAT([] { read(R"({"class_name": "BLEU", "config": {}})"); },
              ThrowsMessage<Error>("there is no metric 'BLEU'"));
  EXPECT_THAT([] { read(R"({"class_name": "CategoricalAccuracy", "config": {"k": 3}})"); },
              ThrowsMessage<Error>(HasSubstr("no setting \"k\"")));
  for (const char* saved : {"1", "null", "{}", R"({"class_name": "MeanMetricWrapper"})",
                            R"({"class_name": "CategoricalAccuracy", "config": 5})"}) {
    EXPECT_THROW(read(saved), Error) << saved;
  }
}

}  // namespace
}  // namespace antler::metrics
