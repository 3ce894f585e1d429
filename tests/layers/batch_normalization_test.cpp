#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::FloatNear;
using testing::Pointwise;

TEST(BatchNormalization, HasItsWeightsInKerasOrder) {
  const Layer layer = BatchNormalization({.axis = 1});
  build_layer(layer, {5, 7, 3});
  std::vector<std::string> names;
  for (const Weight& weight : layer.base().weights) {
    names.push_back(weight.name);
    EXPECT_EQ(weight.value.shape(), Shape({5}));
  }
  EXPECT_THAT(names, testing::ElementsAre("gamma", "beta", "moving_mean", "moving_variance"));
  EXPECT_EQ(layer.count_params(), 20);
}

TEST(BatchNormalization, LeavesOutWhatIsNotWanted) {
  const Layer layer = BatchNormalization({.center = false, .scale = false});
  build_layer(layer, {3});
  EXPECT_EQ(layer.base().weights.size(), 2U);
  EXPECT_EQ(layer.base().weights[0].name, "moving_mean");
  EXPECT_FALSE(layer.base().weights[0].trainable);
}

TEST(BatchNormalization, UsesTheStoredStatisticsInInference) {
  Layer layer = BatchNormalization({.epsilon = 0.0});
  build_layer(layer, {2});
  layer.set_weights({Tensor({2}, {2, 1}), Tensor({2}, {0, 5}), Tensor({2}, {1, 2}), Tensor({2}, {4, 1})});
  EXPECT_THAT(run_layer(layer, Tensor({2, 2}, {1, 2, 5, 0})).span(),
              Pointwise(FloatNear(1e-6F), {0.0F, 5.0F, 4.0F, 3.0F}));
}

TEST(BatchNormalization, UsesAndStoresThoseOfTheBatchInTraining) {
  const Layer layer = BatchNormalization({.momentum = 0.5, .epsilon = 0.0});
  EXPECT_THAT(run_layer(layer, Tensor({2, 1}, {1, 5}), true).span(),
              Pointwise(FloatNear(1e-6F), {-1.0F, 1.0F}));
  EXPECT_FLOAT_EQ(layer.base().weights[2].value[0], 1.5F);
  EXPECT_FLOAT_EQ(layer.base().weights[3].value[0], 2.5F);
}

// Trains the layer on one batch of 16 numbers of this shape and compares where the moving variance went.
void expect_variance(const Layer& layer, const Shape& shape, const std::vector<float>& expected) {
  run_layer(layer, Tensor(shape, {1, 2, 3, 7, 5, 0, 2, 8, 4, 4, 1, 6, -1, 0, 3, 2}), true);
  EXPECT_THAT(layer.base().weights[3].value.span(), Pointwise(FloatNear(1e-5F), expected))
      << config_of(layer) << " for " << shape.to_string();
}

Layer of_keras_2(int axis) {
  return layer_from_config("BatchNormalization", {{"axis", axis}, {"momentum", 0.5}}, Dialect::keras2);
}

TEST(BatchNormalization, MovesTheVarianceAsKeras3Does) {
  expect_variance(BatchNormalization({.momentum = 0.5}), {2, 2, 2, 2}, {2.09375F, 4.7421875F});
  expect_variance(BatchNormalization({.axis = 1, .momentum = 0.5}), {2, 2, 2, 2}, {2.625F, 4.3671875F});
  expect_variance(read_layer("BatchNormalization", R"({"momentum": 0.5})"), {2, 2, 2, 2},
                  {2.09375F, 4.7421875F});
}

TEST(BatchNormalization, MovesTheVarianceAsKeras2DoesWhereKeras2BuiltIt) {
  expect_variance(of_keras_2(-1), {2, 2, 2, 2}, {2.3214288F, 5.3482143F});
  expect_variance(of_keras_2(3), {2, 2, 2, 2}, {2.3214288F, 5.3482143F});
  expect_variance(of_keras_2(1), {2, 2, 2, 2}, {2.9285715F, 4.9196429F});
  expect_variance(of_keras_2(-1), {2, 2, 1, 2, 2}, {2.3214288F, 5.3482143F});
  expect_variance(of_keras_2(2), {2, 2, 2, 2}, {2.6796875F, 3.5F});
  expect_variance(of_keras_2(-1), {4, 2, 2}, {2.09375F, 4.7421875F});
  expect_variance(of_keras_2(-1), {8, 2}, {2.09375F, 4.7421875F});
}

TEST(BatchNormalization, StaysOfItsKerasWhereverItIsSaved) {
  for (const Dialect dialect : {Dialect::keras2, Dialect::keras3}) {
    const auto again = [&](const Layer& layer) {
      return layer_from_config("BatchNormalization", layer.base().config(), dialect);
    };
    expect_variance(again(of_keras_2(-1)), {2, 2, 2, 2}, {2.3214288F, 5.3482143F});
    expect_variance(again(BatchNormalization({.momentum = 0.5})), {2, 2, 2, 2}, {2.09375F, 4.7421875F});
  }
}

TEST(BatchNormalization, IsInferenceWhileFrozen) {
  Layer layer = BatchNormalization({.epsilon = 0.0});
  layer.set_trainable(false);
  EXPECT_THAT(run_layer(layer, Tensor({2, 1}, {1, 5}), true).span(),
              Pointwise(FloatNear(1e-6F), {1.0F, 5.0F}));
  EXPECT_FLOAT_EQ(layer.base().weights[2].value[0], 0.0F);
}

TEST(BatchNormalization, IsWrittenAsKerasWritesIt) {
  const Json config = BatchNormalization({.axis = 1, .epsilon = 1e-6}).base().config();
  std::vector<std::string> keys;
  for (const auto& [key, value] : config.items()) keys.push_back(key);
  EXPECT_THAT(keys, testing::ElementsAre("axis", "momentum", "epsilon", "center", "scale", "beta_initializer",
                                         "gamma_initializer", "moving_mean_initializer",
                                         "moving_variance_initializer", "beta_regularizer",
                                         "gamma_regularizer", "beta_constraint", "gamma_constraint",
                                         "synchronized", "renorm", "renorm_clipping", "renorm_momentum"));
  EXPECT_EQ(dump_json(config["epsilon"]), "1e-06");
}

TEST(BatchNormalization, IsTheSameAfterReadingItBack) {
  const Layer layer =
      BatchNormalization({.axis = 2, .momentum = 0.8, .center = false, .gamma_initializer = "zeros"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(BatchNormalization, TakesTheAxisAsAListToo) {
  EXPECT_EQ(read_layer("BatchNormalization", R"({"axis": [1]})").base().config()["axis"], 1);
  EXPECT_THROW(read_layer("BatchNormalization", R"({"axis": [1, 2]})"), Error);
}

TEST(BatchNormalization, RefusesWhatItCannotDo) {
  EXPECT_THROW(BatchNormalization({.momentum = 1.5}), Error);
  EXPECT_THROW(BatchNormalization({.epsilon = -1e-3}), Error);
  EXPECT_THROW(build_layer(BatchNormalization({.axis = 0}), {3}), Error);
  EXPECT_THROW(build_layer(BatchNormalization({.axis = 3}), {3}), Error);
  EXPECT_THROW(read_layer("BatchNormalization", R"({"renorm": true})"), Error);
  EXPECT_THROW(read_layer("BatchNormalization", R"({"gamma_regularizer": {"class_name": "L3"}})"), Error);
}

}  // namespace
}  // namespace antler::layers
