#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

TEST(PReLU, HasASlopeForEachElement) {
  const Layer layer = PReLU({.alpha_initializer = initializers::Constant(0.5)});
  EXPECT_THAT(run_layer(layer, Tensor({1, 2}, {-2, 3})).span(), testing::ElementsAre(-1, 3));
  EXPECT_EQ(layer.base().weights[0].name, "alpha");
  EXPECT_EQ(layer.base().weights[0].value.shape(), Shape({2}));
}

TEST(PReLU, SharesSlopesAlongAxes) {
  Layer layer = PReLU({.shared_axes = {1, 2}});
  build_layer(layer, {2, 1, 2});
  EXPECT_EQ(layer.base().weights[0].value.shape(), Shape({1, 1, 2}));
  layer.set_weights({Tensor({1, 1, 2}, {2, 3})});
  EXPECT_THAT(run_layer(layer, Tensor({1, 2, 1, 2}, {-1, -1, 5, -2})).span(),
              testing::ElementsAre(-2, -3, 5, -6));
}

TEST(PReLU, HandsItsRegularizerAndConstraintToTheSlopes) {
  const Layer layer = PReLU({.alpha_regularizer = "l2", .alpha_constraint = "non_neg"});
  build_layer(layer, {2});
  EXPECT_TRUE(layer.base().weights[0].regularizer);
  EXPECT_TRUE(layer.base().weights[0].constraint);
}

TEST(PReLU, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(
      config_of(PReLU()),
      R"({"alpha_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {}, )"
      R"("registered_name": null}, "alpha_regularizer": null, "alpha_constraint": null, "shared_axes": null})");
  const Layer layer = PReLU({.alpha_initializer = "ones",
                             .alpha_regularizer = "l2",
                             .alpha_constraint = "non_neg",
                             .shared_axes = {1, 2}});
  EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(PReLU, RefusesAxesThatAreNotThere) {
  EXPECT_THROW(PReLU({.shared_axes = {0}}), Error);
  EXPECT_THROW(build_layer(PReLU({.shared_axes = {2}}), {3}), Error);
  EXPECT_THROW(read_layer("PReLU", R"({"shared_axes": [4294967297]})"), Error);
}

}  // namespace
}  // namespace antler::layers
