#include "antler/models/model.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using testing::Eq;
using testing::Pointwise;

TEST(Model, IsAValueWhoseCopyLearnsByItself) {
  const Samples data = exclusive_or(64);
  Sequential original = small_model(1);
  const Tensor before = original.predict(data.x);
  Model copy = original;
  copy.fit(data.x, data.y, {.epochs = 2, .verbose = 0});
  EXPECT_THAT(original.predict(data.x).span(), Pointwise(Eq(), before.span()));
  EXPECT_EQ(original.optimizer().state().iterations, 0);
  EXPECT_EQ(copy.class_name(), "Sequential");
}

TEST(Model, TakesTheWeightsItGave) {
  const Samples data = exclusive_or(16);
  Sequential one = small_model(1);
  Sequential other = small_model(2);
  other.set_weights(one.get_weights());
  EXPECT_THAT(other.predict(data.x).span(), Pointwise(Eq(), one.predict(data.x).span()));
}

TEST(Model, RefusesWeightsOfAnotherModel) {
  Sequential model = small_model(1);
  std::vector<Tensor> weights = model.get_weights();
  weights.pop_back();
  EXPECT_THROW(model.set_weights(weights), Error);
  weights.emplace_back(Shape{3});
  EXPECT_THROW(model.set_weights(weights), Error);
}

TEST(Model, StartsFromTheSeedThatWasSet) {
  EXPECT_THAT(small_model(4).get_weights()[0].span(),
              Pointwise(Eq(), small_model(4).get_weights()[0].span()));
  EXPECT_EQ(small_model(4).seed(), 4U);
}

// x -> Dense -> a, x -> Dense -> b, and the first layer once more behind a: layers may be shared.
TEST(Model, RunsLayersThatAreUsedTwice) {
  layers::Layer input = layers::Input({2});
  layers::Layer shared = layers::Dense(2, {.use_bias = false});
  Model model("shared", {{input, {}}, {shared, {0}}, {shared, {1}}}, {0}, {2});
  shared.set_weights({Tensor({2, 2}, {0, 2, 3, 0})});
  EXPECT_THAT(model.predict(Tensor({1, 2}, {1, 1})).span(), testing::ElementsAre(6, 6));
  EXPECT_EQ(model.count_params(), 4);
  EXPECT_EQ(model.layers().size(), 2U);
}

TEST(Model, FindsLayersByName) {
  const Sequential model = small_model(1);
  EXPECT_EQ(model.get_layer("dense_1").count_params(), 34);
  EXPECT_THROW(model.get_layer("dense_7"), Error);
}

}  // namespace
}  // namespace antler
