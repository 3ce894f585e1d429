#include <gmock/gmock.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;

TEST(Dense, MultipliesTheLastAxis) {
  Layer layer = Dense(2);
  build_layer(layer, {2, 3});
  layer.set_weights({Tensor({3, 2}, {1, 0, 0, 1, 1, 1}), Tensor({2}, {10, 20})});
  const Tensor y = run_layer(layer, Tensor({1, 2, 3}, {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(y.shape(), Shape({1, 2, 2}));
  EXPECT_THAT(y.span(), ElementsAre(14, 25, 20, 31));
}

TEST(Dense, WorksWithoutABiasAndWithAnActivation) {
  Layer layer = Dense(2, {.activation = "relu", .use_bias = false});
  build_layer(layer, {1});
  layer.set_weights({Tensor({1, 2}, {1, -1})});
  EXPECT_THAT(run_layer(layer, Tensor({1, 1}, {3})).span(), ElementsAre(3, 0));
}

TEST(Dense, StartsAsKerasDoes) {
  const Layer layer = Dense(30);
  build_layer(layer, {20});
  const std::vector<Tensor> weights = layer.get_weights();
  EXPECT_EQ(weights[0].shape(), Shape({20, 30}));
  const float limit = std::sqrt(6.0F / 50.0F);
  EXPECT_THAT(weights[0].span(), testing::Each(testing::AllOf(testing::Ge(-limit), testing::Le(limit))));
  EXPECT_THAT(weights[1].span(), testing::Each(0.0F));
}

TEST(Dense, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(
      config_of(Dense(10, {.activation = "softmax"})),
      R"({"units": 10, "activation": "softmax", "use_bias": true, "kernel_initializer": {"module": "keras.initializers", )"
      R"("class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null}, "bias_initializer": {"module": )"
      R"("keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": null}, "kernel_regularizer": null, )"
      R"("bias_regularizer": null, "kernel_constraint": null, "bias_constraint": null})");
}

TEST(Dense, IsTheSameAfterReadingItBack) {
  const Layer layer = Dense(7, {.activation = "gelu", .use_bias = false, .kernel_initializer = "orthogonal"});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(Dense, RefusesSettingsOutOfRange) {
  EXPECT_THROW(Dense(0), Error);
  EXPECT_THROW(Dense(5000000000), Error);
  EXPECT_THROW(read_layer("Dense", "{}"), Error);
  EXPECT_THROW(read_layer("Dense", R"({"units": "ten"})"), Error);
  EXPECT_THROW(read_layer("Dense", R"({"units": 10, "use_bias": 1})"), Error);
  EXPECT_THROW(read_layer("Dense", R"({"units": 10, "kernel_initializer": {"class_name": 3}})"), Error);
}

TEST(Dense, RefusesMoreWeightsThanItMayHave) {
  EXPECT_THROW(build_layer(Dense(1 << 30), {3}), Error);
}

}  // namespace
}  // namespace antler::layers
