#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::Pointwise;

const Tensor x({1, 4}, {-2.0F, 0.5F, 1.0F, 8.0F});

TEST(LeakyReLU, ScalesNegativeNumbers) {
  EXPECT_THAT(run_layer(LeakyReLU(), x).span(), Pointwise(FloatNear(1e-6F), {-0.6F, 0.5F, 1.0F, 8.0F}));
  EXPECT_EQ(config_of(LeakyReLU()), R"({"negative_slope": 0.3})");
  EXPECT_EQ(config_read_back(LeakyReLU(0.1)), config_of(LeakyReLU(0.1)));
}

TEST(LeakyReLU, ReadsTheAlphaOfKeras2) {
  EXPECT_EQ(config_of(read_layer("LeakyReLU", R"({"alpha": 0.25})")), R"({"negative_slope": 0.25})");
}

TEST(ELU, SaturatesAtMinusAlpha) {
  const float low = 2.0F * (std::exp(-2.0F) - 1.0F);
  EXPECT_THAT(run_layer(ELU(2.0), x).span(), Pointwise(FloatNear(1e-6F), {low, 0.5F, 1.0F, 8.0F}));
  EXPECT_EQ(config_of(ELU()), R"({"alpha": 1.0})");
  EXPECT_EQ(config_read_back(ELU(2.0)), config_of(ELU(2.0)));
}

TEST(ThresholdedReLU, KeepsWhatIsStrictlyAboveTheta) {
  EXPECT_THAT(run_layer(ThresholdedReLU(), x).span(), ElementsAre(0, 0, 0, 8));
  EXPECT_EQ(config_of(ThresholdedReLU()), R"({"theta": 1.0})");
  EXPECT_EQ(config_read_back(ThresholdedReLU(2.0)), config_of(ThresholdedReLU(2.0)));
}

TEST(ThresholdedReLU, IsReLUWithAThresholdInKeras3) {
  const SavedLayer saved = ThresholdedReLU(2.0).base().for_keras_3();
  EXPECT_EQ(saved.class_name, "ReLU");
  EXPECT_EQ(dump_json(saved.config), R"({"max_value": null, "negative_slope": 0.0, "threshold": 2.0})");
  const Layer again = layer_from_config(saved.class_name, saved.config);
  EXPECT_THAT(run_layer(again, x).span(), ElementsAre(0, 0, 0, 8));
  EXPECT_EQ(ELU().base().for_keras_3().class_name, "ELU");
}

TEST(ReLU, HasALimitASlopeAndAThreshold) {
  EXPECT_THAT(run_layer(ReLU(), x).span(), ElementsAre(0, 0.5F, 1, 8));
  EXPECT_THAT(run_layer(ReLU({.max_value = 6, .negative_slope = 0.5, .threshold = 1.0}), x).span(),
              ElementsAre(-1.5F, -0.25F, 0, 6));
}

TEST(ReLU, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(ReLU()), R"({"max_value": null, "negative_slope": 0.0, "threshold": 0.0})");
  const Layer layer = ReLU({.max_value = 6, .negative_slope = 0.5, .threshold = 1.0});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(AdvancedActivations, RefuseNegativeSettings) {
  EXPECT_THROW(LeakyReLU(-0.1), Error);
  EXPECT_THROW(ThresholdedReLU(-1.0), Error);
  EXPECT_THROW(ReLU({.max_value = -1.0}), Error);
  EXPECT_THROW(read_layer("ReLU", R"({"threshold": -1})"), Error);
  EXPECT_THROW(read_layer("ELU", R"({"alpha": "1"})"), Error);
}

}  // namespace
}  // namespace antler::layers
