// Metrics as Keras 3.15.1 and tf-keras 2.21 write them.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/metrics/metric.h"

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
  EXPECT_THAT([] { read(R"({"class_name": "AUC", "config": {}})"); },
              ThrowsMessage<Error>("there is no metric 'AUC'"));
  EXPECT_THAT([] { read(R"({"class_name": "CategoricalAccuracy", "config": {"k": 3}})"); },
              ThrowsMessage<Error>(HasSubstr("no setting \"k\"")));
  for (const char* saved : {"1", "null", "{}", R"({"class_name": "MeanMetricWrapper"})",
                            R"({"class_name": "CategoricalAccuracy", "config": 5})"}) {
    EXPECT_THROW(read(saved), Error) << saved;
  }
}

}  // namespace
}  // namespace antler::metrics
