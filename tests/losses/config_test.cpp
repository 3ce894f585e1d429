// Losses as Keras 3.15.1 and tf-keras 2.21 name and write them.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/losses/losses.h"

namespace antler::losses {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Loss read(std::string_view saved) {
  return Loss::from_config(parse_json(saved, "test"));
}

TEST(LossConfig, KnowsKerassNamesAndAliases) {
  const std::vector<std::pair<const char*, const char*>> names = {
      {"categorical_crossentropy", "categorical_crossentropy"},
      {"CategoricalCrossentropy", "categorical_crossentropy"},
      {"SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"},
      {"BCE", "binary_crossentropy"},
      {"mse", "mean_squared_error"},
      {"MAE", "mean_absolute_error"},
      {"mape", "mean_absolute_percentage_error"},
      {"msle", "mean_squared_logarithmic_error"},
      {"kld", "kl_divergence"},
      {"kullback_leibler_divergence", "kl_divergence"},
      {"logcosh", "log_cosh"},
      {"Huber", "huber"},
      {"hinge", "hinge"},
      {"SquaredHinge", "squared_hinge"},
      {"categorical_hinge", "categorical_hinge"},
      {"Poisson", "poisson"},
      {"binary_focal_crossentropy", "binary_focal_crossentropy"},
      {"CategoricalFocalCrossentropy", "categorical_focal_crossentropy"},
      {"CategoricalGeneralizedCrossEntropy", "categorical_generalized_cross_entropy"},
      {"dice", "dice"},
      {"Tversky", "tversky"},
      {"circle", "circle"},
      {"cosine_similarity", "cosine_similarity"}};
  for (const auto& [given, name] : names) EXPECT_EQ(Loss(given).name(), name);
}

TEST(LossConfig, RefusesANameItDoesNotKnow) {
  EXPECT_THAT([] { Loss("ctc"); }, ThrowsMessage<Error>("there is no loss 'ctc'"));
  EXPECT_THROW(Loss(""), Error);
}

TEST(LossConfig, OfANameIsTheNameAsItWasGiven) {
  EXPECT_EQ(Loss("mse").to_config(), Json("mse"));
  EXPECT_EQ(Loss("CategoricalCrossentropy").to_config(), Json("CategoricalCrossentropy"));
}

TEST(LossConfig, OfAnObjectIsWrittenAsKerasWritesIt) {
  EXPECT_EQ(dump_json(CategoricalCrossentropy({.label_smoothing = 0.1}).to_config()),
            R"({"module": "keras.losses", "class_name": "CategoricalCrossentropy", "config": {"name": )"
            R"("categorical_crossentropy", "reduction": "sum_over_batch_size", "from_logits": false, )"
            R"("label_smoothing": 0.1, "axis": -1}, "registered_name": null})");
  EXPECT_EQ(dump_json(SparseCategoricalCrossentropy({.from_logits = true}).to_config()["config"]),
            R"({"name": "sparse_categorical_crossentropy", "reduction": "sum_over_batch_size", )"
            R"("from_logits": true, "ignore_class": null})");
  EXPECT_EQ(dump_json(Huber().to_config()["config"]),
            R"({"name": "huber_loss", "reduction": "sum_over_batch_size"})");
}

TEST(LossConfig, KeepsTheDeltaOfHuber) {
  EXPECT_EQ(Loss::from_config(Huber({.delta = 2.5}).to_config()).to_config()["config"]["delta"], Json(2.5));
}

TEST(LossConfig, IsReadBackAsItWasWritten) {
  for (const Loss& loss :
       {CategoricalCrossentropy({.from_logits = true}),
        BinaryCrossentropy({.label_smoothing = 0.5}),
        SparseCategoricalCrossentropy(),
        MeanSquaredError(),
        MeanAbsoluteError(),
        MeanAbsolutePercentageError(),
        MeanSquaredLogarithmicError(),
        KLDivergence(),
        Poisson(),
        Hinge(),
        SquaredHinge(),
        CategoricalHinge(),
        LogCosh(),
        Huber({.delta = 3}),
        CosineSimilarity(),
        BinaryCrossentropy({.axis = 1, .reduction = Reduction::sum, .name = "mine"}),
        MeanSquaredError({.reduction = Reduction::none}),
        CosineSimilarity({.axis = 1}),
        SparseCategoricalCrossentropy({.ignore_class = 2, .reduction = Reduction::mean_with_sample_weight}),
        BinaryFocalCrossentropy({.apply_class_balancing = true, .alpha = 0.5, .gamma = 1.5}),
        CategoricalFocalCrossentropy({.alpha = {0.25, 0.5}, .gamma = 3.0}),
        CategoricalGeneralizedCrossEntropy({.q = 0.25}),
        Dice({.axis = {1, 2}}),
        Tversky({.alpha = 0.25, .beta = 0.75, .axis = {1}}),
        Circle({.gamma = 64.0, .margin = 0.25, .remove_diagonal = false})}) {
    EXPECT_EQ(dump_json(Loss::from_config(loss.to_config()).to_config()), dump_json(loss.to_config()));
  }
}

TEST(LossConfig, IsReadFromKeras2) {
  const Loss loss = read(R"({"class_name": "CategoricalCrossentropy", "config": {"reduction": "auto",
      "name": "mine", "from_logits": true, "label_smoothing": 0.25, "axis": -1, "fn": "categorical_crossentropy"}})");
  EXPECT_EQ(
      dump_json(loss.to_config()["config"]),
      R"({"name": "mine", "reduction": "sum_over_batch_size", "from_logits": true, "label_smoothing": 0.25, )"
      R"("axis": -1})");
}

TEST(LossConfig, IsReadFromAFunction) {
  EXPECT_EQ(read(R"({"module": "builtins", "class_name": "function", "config": "mean_squared_error",
                     "registered_name": "mean_squared_error"})")
                .name(),
            "mean_squared_error");
  EXPECT_EQ(read(R"({"class_name": "LossFunctionWrapper", "config": {"name": "mse", "reduction": "auto",
                     "fn": "mean_squared_error"}})")
                .name(),
            "mean_squared_error");
}

TEST(LossConfig, OfEachNewClassIsWrittenAsKerasWritesIt) {
  EXPECT_EQ(dump_json(Dice({.axis = {1, 2}}).to_config()["config"]),
            R"({"name": "dice", "reduction": "sum_over_batch_size", "axis": [1, 2]})");
  EXPECT_EQ(
      dump_json(Tversky().to_config()["config"]),
      R"({"name": "tversky", "reduction": "sum_over_batch_size", "alpha": 0.5, "beta": 0.5, "axis": null})");
  EXPECT_EQ(dump_json(Circle().to_config()["config"]),
            R"({"name": "circle", "reduction": "sum_over_batch_size", "gamma": 80.0, "margin": 0.4, )"
            R"("remove_diagonal": true})");
  EXPECT_EQ(
      dump_json(CategoricalFocalCrossentropy({.alpha = {0.1, 0.2}}).to_config()["config"]),
      R"({"name": "categorical_focal_crossentropy", "reduction": "sum_over_batch_size", "from_logits": )"
      R"(false, "label_smoothing": 0.0, "axis": -1, "alpha": [0.1, 0.2], "gamma": 2.0})");
  EXPECT_EQ(
      dump_json(BinaryFocalCrossentropy().to_config()["config"]),
      R"({"name": "binary_focal_crossentropy", "reduction": "sum_over_batch_size", "from_logits": false, )"
      R"("label_smoothing": 0.0, "axis": -1, "apply_class_balancing": false, "alpha": 0.25, "gamma": 2.0})");
  EXPECT_EQ(
      dump_json(CategoricalGeneralizedCrossEntropy().to_config()["config"]),
      R"({"name": "categorical_generalized_cross_entropy", "reduction": "sum_over_batch_size", "q": 0.5})");
}

TEST(LossConfig, ReadsEachReduction) {
  const auto reduction = [](const std::string& saved) {
    return read(R"({"class_name": "MeanSquaredError", "config": {"reduction": )" + saved + "}}").reduction();
  };
  EXPECT_EQ(reduction("\"sum\""), Reduction::sum);
  EXPECT_EQ(reduction("\"none\""), Reduction::none);
  EXPECT_EQ(reduction("null"), Reduction::none);
  EXPECT_EQ(reduction("\"mean\""), Reduction::mean);
  EXPECT_EQ(reduction("\"auto\""), Reduction::sum_over_batch_size);
  EXPECT_EQ(reduction("\"mean_with_sample_weight\""), Reduction::mean_with_sample_weight);
  EXPECT_THAT([&] { reduction("\"product\""); },
              ThrowsMessage<Error>(HasSubstr("\"reduction\" is \"product\"; expected")));
}

TEST(LossConfig, RefusesWhatItDoesNotUnderstand) {
  const auto with = [](const std::string& settings) {
    return read(R"({"class_name": "SparseCategoricalCrossentropy", "config": {)" + settings + "}}");
  };
  EXPECT_THAT([&] { with(R"("axis": 1)"); }, ThrowsMessage<Error>(HasSubstr("\"axis\" is 1; expected -1")));
  EXPECT_THAT([&] { with(R"("alpha": 1)"); }, ThrowsMessage<Error>(HasSubstr("no setting \"alpha\"")));
  EXPECT_THAT([&] { with(R"("ignore_class": 0.5)"); },
              ThrowsMessage<Error>(HasSubstr("expected a whole number")));
  EXPECT_THROW(CategoricalGeneralizedCrossEntropy({.q = 1.0}), Error);
  EXPECT_THROW(CategoricalFocalCrossentropy({.alpha = {}}), Error);
  EXPECT_THROW(read(R"({"class_name": "Dice", "config": {"axis": "all"}})"), Error);
}

TEST(LossConfig, RefusesLabelSmoothingOutsideZeroToOne) {
  EXPECT_THROW(CategoricalCrossentropy({.label_smoothing = 1.5}), Error);
  EXPECT_THROW(BinaryCrossentropy({.label_smoothing = -0.1}), Error);
}

TEST(LossConfig, RefusesWhatIsNeitherNameNorObject) {
  for (const char* saved :
       {"1", "null", "{}", R"({"class_name": 3})", R"({"class_name": "LossFunctionWrapper"})",
        R"({"class_name": "MeanSquaredError", "config": 5})"}) {
    EXPECT_THROW(read(saved), Error) << saved;
  }
}

}  // namespace
}  // namespace antler::losses
