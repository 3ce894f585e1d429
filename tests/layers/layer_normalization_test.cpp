#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::FloatNear;
using testing::Pointwise;

const Tensor x({2, 3, 4}, {0,       0.841F, 0.308F, -0.885F, 0.989F,  -0.983F, 0.847F, -0.323F,
                           -0.594F, 0.956F, 0.205F, -0.938F, -0.666F, 0.249F,  0.854F, 1,
                           0.92F,   0.829F, 0.824F, 0.908F,  0.996F,  0.915F,  0.465F, -0.341F});

// The layer with each weight counting up: gamma from 1, beta from 0.
Layer counting(Layer layer) {
  build_layer(layer, {3, 4});
  for (Weight& weight : layer.base().weights) {
    const float first = weight.name == "beta" ? 0.0F : 1.0F;
    for (int64_t i = 0; i < weight.value.size(); ++i) weight.value[i] = first + static_cast<float>(i);
  }
  return layer;
}

// Figures of Keras 3.15.1 with weights that count up.
void expect_first(const Layer& layer, const std::vector<float>& first) {
  const Tensor y = run_layer(counting(layer), x);
  EXPECT_EQ(y.shape(), x.shape());
  EXPECT_THAT(y.span().first(first.size()), Pointwise(FloatNear(1e-4F), first)) << config_of(layer);
}

TEST(LayerNormalization, ComputesWhatKerasComputes) {
  expect_first(LayerNormalization({.epsilon = 0.01}), {-0.104097F, 3.4447F, 3.14507F, -2.99977F, 1.03563F});
  expect_first(LayerNormalization({.axis = 1, .epsilon = 0.01}),
               {-0.199331F, 0.637353F, -0.486462F, -0.573805F, 3.59585F, -1.80674F});
  expect_first(LayerNormalization({.axis = {1, 2}, .epsilon = 0.01}),
               {-0.047369F, 3.16554F, 3.09957F, -1.94653F, 10.4083F, -3.20995F, 13.6358F});
  expect_first(LayerNormalization({.axis = {-1, 1}, .epsilon = 0.01}),
               {-0.047369F, 3.16554F, 3.09957F, -1.94653F, 10.4083F, -3.20995F, 13.6358F});
}

TEST(LayerNormalization, HasGammaAndBetaOfItsAxes) {
  const Layer layer = counting(LayerNormalization({.axis = {2, 1}}));
  ASSERT_EQ(layer.base().weights.size(), 2U);
  EXPECT_EQ(layer.base().weights[0].name, "gamma");
  EXPECT_EQ(layer.base().weights[0].value.shape(), Shape({3, 4}));
  EXPECT_EQ(layer.base().weights[1].name, "beta");
  // Keras sorts the axes as they were given.
  EXPECT_EQ(counting(LayerNormalization({.axis = {1, -1}})).base().weights[0].value.shape(), Shape({4, 3}));
  EXPECT_EQ(counting(LayerNormalization({.center = false, .scale = false})).base().weights.size(), 0U);
}

TEST(LayerNormalization, IsWrittenAsKerasWritesIt) {
  const Json config = LayerNormalization().base().config();
  std::vector<std::string> keys;
  for (const auto& [key, value] : config.items()) keys.push_back(key);
  EXPECT_THAT(keys, testing::ElementsAre("axis", "epsilon", "center", "scale", "rms_scaling",
                                         "beta_initializer", "gamma_initializer", "beta_regularizer",
                                         "gamma_regularizer", "beta_constraint", "gamma_constraint"));
  const Layer layer = LayerNormalization({.axis = {1, 2},
                                          .scale = false,
                                          .beta_initializer = "ones",
                                          .beta_regularizer = "l2",
                                          .gamma_constraint = "non_neg"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(LayerNormalization, IsReadFromKeras2) {
  const Layer layer = layer_from_config(
      "LayerNormalization",
      Json::parse(R"({"name": "a", "axis": [2], "epsilon": 0.001, "center": true, "scale": true,
          "beta_initializer": {"class_name": "Zeros", "config": {}}, "gamma_regularizer": null})"),
      Dialect::keras2);
  EXPECT_EQ(layer.base().config()["axis"], Json::parse("[2]"));
}

TEST(LayerNormalization, RefusesWhatItCannotDo) {
  EXPECT_THROW(build_layer(LayerNormalization({.axis = 0}), {3}), Error);
  EXPECT_THROW(build_layer(LayerNormalization({.axis = 2}), {3}), Error);
  EXPECT_THROW(build_layer(LayerNormalization({.axis = {1, -2}}), {3, 4}), Error);
  EXPECT_THROW(LayerNormalization({.epsilon = -1}), Error);
  EXPECT_THROW(read_layer("LayerNormalization", R"({"rms_scaling": true})"), Error);
  EXPECT_THROW(read_layer("LayerNormalization", R"({"axis": []})"), Error);
}

TEST(GroupNormalization, ComputesWhatKerasComputes) {
  expect_first(GroupNormalization({.groups = 2, .epsilon = 0.01}),
               {-0.255396F, 2.6211F, 4.0089F, -1.60049F, 0.998136F, -2.00265F});
  expect_first(GroupNormalization({.groups = 1, .axis = 2, .epsilon = 0.01}),
               {-0.047369F, 3.16554F, 3.09957F, -1.94653F, 1.28165F, -1.73665F});
  expect_first(GroupNormalization({.groups = 3, .axis = 1, .epsilon = 0.01}),
               {-0.104097F, 1.22235F, 0.381689F, -1.49994F, 3.07126F, -1.6976F});
  expect_first(GroupNormalization({.groups = -1, .epsilon = 0.01}),
               {-0.199331F, 2.27471F, 0.540613F, 0.704781F, 1.29792F, -1.80674F});
}

TEST(GroupNormalization, IsTheSameAfterReadingItBack) {
  const Layer layer =
      GroupNormalization({.groups = 2, .axis = 1, .center = false, .gamma_regularizer = "l1"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
  EXPECT_EQ(counting(GroupNormalization({.groups = -1})).base().config()["groups"], 4);
  EXPECT_EQ(counting(GroupNormalization({.groups = 2})).base().weights[1].value.shape(), Shape({4}));
}

TEST(GroupNormalization, RefusesChannelsThatDoNotFallIntoGroups) {
  EXPECT_THROW(build_layer(GroupNormalization({.groups = 3}), {3, 4}), Error);
  EXPECT_THROW(build_layer(GroupNormalization(), {3, 4}), Error);
  EXPECT_THROW(GroupNormalization({.groups = 0}), Error);
}

TEST(RMSNormalization, ComputesWhatKerasComputes) {
  expect_first(RMSNormalization({.epsilon = 0.01}), {0, 2.63864F, 1.44953F, -5.55338F, 1.18079F, -2.34724F});
  expect_first(RMSNormalization({.axis = {1, 2}, .epsilon = 0.01}),
               {0, 2.25774F, 1.24028F, -4.75173F, 6.63765F, -7.91686F, 7.95847F});
}

TEST(RMSNormalization, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(RMSNormalization()), R"({"axis": -1, "epsilon": 1e-06})");
  EXPECT_EQ(config_read_back(RMSNormalization({.axis = {1, 2}})),
            config_of(RMSNormalization({.axis = {1, 2}})));
  EXPECT_EQ(counting(RMSNormalization()).base().weights[0].name, "scale");
}

TEST(RMSNormalization, RefusesAxesThatKerasCannotScale) {
  EXPECT_THROW(build_layer(RMSNormalization({.axis = 1}), {3, 4}), Error);
}

TEST(UnitNormalization, ComputesWhatKerasComputes) {
  expect_first(UnitNormalization(), {0, 0.66793F, 0.244616F, -0.702875F, 0.594646F});
  expect_first(UnitNormalization(1), {0, 0.522824F, 0.333231F, -0.665696F, 0.857263F});
  expect_first(UnitNormalization({1, 2}), {0, 0.328853F, 0.120436F, -0.346058F, 0.386725F});
}

TEST(UnitNormalization, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(UnitNormalization()), R"({"axis": -1})");
  EXPECT_EQ(config_read_back(UnitNormalization({1, 2})), R"({"axis": [1, 2]})");
  EXPECT_THROW(build_layer(UnitNormalization(0), {3}), Error);
}

TEST(Softmax, TakesSeveralAxesTogether) {
  expect_first(Softmax({1, 2}), {0.0625635F, 0.145065F, 0.0851302F, 0.0258208F, 0.168205F});
  EXPECT_THAT(run_layer(Softmax({1, 3}), Tensor({2, 3, 2, 2}, x.span())).span().first(5),
              Pointwise(FloatNear(1e-6F), {0.104879F, 0.243181F, 0.210995F, 0.063997F, 0.281972F}));
  EXPECT_EQ(config_read_back(Softmax({1, 2})), R"({"axis": [1, 2]})");
}

}  // namespace
}  // namespace antler::layers
