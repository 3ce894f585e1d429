#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::Pointwise;

// Figures are those of Keras 3.15.1.
const Tensor x({2, 3, 4}, {0,       0.841F, 0.308F, -0.885F, 0.989F,  -0.983F, 0.847F, -0.323F,
                           -0.594F, 0.956F, 0.205F, -0.938F, -0.666F, 0.249F,  0.854F, 1,
                           0.92F,   0.829F, 0.824F, 0.908F,  0.996F,  0.915F,  0.465F, -0.341F});

void expect_first(const Layer& layer, const std::vector<float>& first) {
  EXPECT_THAT(run_layer(layer, x).span().first(first.size()), Pointwise(FloatNear(1e-5F), first));
}

TEST(Normalization, LearnsMeanAndVarianceOfItsAxisFromData) {
  const Layer layer = Normalization();
  layer.adapt(x);
  const std::vector<Weight>& weights = layer.base().weights;
  ASSERT_EQ(weights.size(), 3U);
  EXPECT_EQ(weights[0].name, "mean");
  EXPECT_THAT(weights[0].value.span(),
              Pointwise(FloatNear(1e-6F), {0.27416667F, 0.46783331F, 0.58383334F, -0.09649998F}));
  EXPECT_EQ(weights[1].name, "variance");
  EXPECT_THAT(weights[1].value.span(),
              Pointwise(FloatNear(1e-6F), {0.52698749F, 0.47679415F, 0.07227447F, 0.60871154F}));
  EXPECT_EQ(weights[2].name, "count");
  EXPECT_EQ(weights[2].value.shape(), Shape({}));
  EXPECT_FALSE(weights[0].trainable || weights[1].trainable || weights[2].trainable);
  expect_first(layer, {-0.377672F, 0.540428F, -1.02602F, -1.01064F, 0.984702F, -2.10113F});
}

TEST(Normalization, LearnsOneMeanOfAllOrOneOfEachElement) {
  const Layer all = Normalization({.axis = Axes({})});
  all.adapt(x);
  expect_first(all, {-0.440041F, 0.764106F, 0.000954552F, -1.70719F, 0.976013F});
  const Layer each = Normalization({.axis = {1, 2}});
  each.adapt(x);
  EXPECT_EQ(each.base().weights[0].value.shape(), Shape({3, 4}));
  EXPECT_THAT(each.base().weights[0].value.span().first(3),
              Pointwise(FloatNear(1e-6F), {-0.333F, 0.545F, 0.581F}));
}

TEST(Normalization, TakesMeanAndVarianceAsGiven) {
  expect_first(Normalization({.mean = Numbers{1, 2, 3, 4}, .variance = Numbers{4, 1, 4, 9}}),
               {-0.5F, -1.159F, -1.346F, -1.62833F, -0.00549999F, -2.983F});
  expect_first(Normalization({.axis = {1, 2}, .mean = Numbers{1, 2, 3, 4}, .variance = Numbers{4, 1, 4, 9}}),
               {-0.5F, -1.159F, -1.346F, -1.62833F, -0.00549999F, -2.983F});
  expect_first(Normalization({.mean = 1.0, .variance = 4.0, .invert = true}), {1, 2.682F, 1.616F, -0.77F});
  const Tensor zero =
      run_layer(Normalization({.mean = Numbers{3}, .variance = Numbers{0}}), Tensor({1, 1}, {0.308F}));
  EXPECT_FLOAT_EQ(zero[0], -2.692e7F);
}

TEST(Normalization, DoesNotChangeWhatItHasNotLearned) {
  expect_first(Normalization(), {0, 0.841F, 0.308F});
}

TEST(Normalization, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(Normalization()), R"({"axis": [-1], "invert": false, "mean": null, "variance": null})");
  EXPECT_EQ(config_of(Normalization({.mean = 1.0, .variance = 4.0, .invert = true})),
            R"({"axis": [-1], "invert": true, "mean": 1.0, "variance": 4.0})");
  const Layer layer = Normalization({.axis = {1, 2},
                                     .mean = Numbers(Shape{2, 2}, {1, 2, 3, 4}),
                                     .variance = Numbers(Shape{2, 2}, {1, 1, 1, 1})});
  EXPECT_EQ(config_of(layer).substr(0, 61),
            R"({"axis": [1, 2], "invert": false, "mean": [[1.0, 2.0], [3.0, )");
  EXPECT_EQ(config_read_back(layer), config_of(layer));
  EXPECT_EQ(config_read_back(Normalization({.axis = Axes({})})),
            config_of(Normalization({.axis = Axes({})})));
}

TEST(Normalization, RefusesWhatDoesNotFit) {
  EXPECT_THROW(Normalization({.mean = 1.0}), Error);
  EXPECT_THROW(Normalization({.mean = Numbers{1, 2}, .variance = 1.0}), Error);
  EXPECT_THROW(build_layer(Normalization({.mean = Numbers{1, 2}, .variance = Numbers{1, 2}}), {3}), Error);
  EXPECT_THROW(Normalization({.mean = 1.0, .variance = 1.0}).adapt(x), Error);
  const Layer layer = Normalization();
  build_layer(layer, {3});
  EXPECT_THROW(layer.adapt(x), Error);
  EXPECT_THROW(read_layer("Normalization", R"({"mean": [[1, 2], [3]], "variance": [1, 2]})"), Error);
  EXPECT_THROW(read_layer("Normalization", R"({"mean": ["a"], "variance": [1]})"), Error);
}

TEST(Adapt, IsRefusedByLayersThatLearnNothingThatWay) {
  EXPECT_THROW(Dense(1).adapt(x), Error);
}

TEST(Rescaling, ScalesThenShifts) {
  EXPECT_THAT(run_layer(Rescaling(0.5, {.offset = 1.0}), Tensor({1, 2}, {2, 4})).span(), ElementsAre(2, 3));
  expect_first(Rescaling({1, 2, 3, 4}, {.offset = {0.5, 0, 0, 1}}),
               {0.5F, 1.682F, 0.924F, -2.54F, 1.489F, -1.966F, 2.541F});
}

TEST(Rescaling, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(Rescaling(0.5)), R"({"scale": 0.5, "offset": 0.0})");
  const Layer layer = Rescaling({1, 2}, {.offset = 1.0});
  EXPECT_EQ(config_read_back(layer), R"({"scale": [1.0, 2.0], "offset": 1.0})");
  const Layer of_numpy = read_layer(
      "Rescaling",
      R"({"scale": {"class_name": "__numpy__", "config": {"value": [1.0, 2.0], "dtype": "float64"}}, "offset": 1})");
  EXPECT_EQ(config_of(of_numpy), config_of(layer));
}

TEST(Rescaling, RefusesNumbersThatDoNotFit) {
  EXPECT_THROW(build_layer(Rescaling({1, 2}), {3}), Error);
  EXPECT_THROW(build_layer(Rescaling(Numbers(Shape{1, 1, 1}, {2})), {3}), Error);
  EXPECT_THROW(read_layer("Rescaling", R"({"offset": 1})"), Error);
  EXPECT_THROW(read_layer("Rescaling", R"({"scale": {}})"), Error);
  EXPECT_THROW(Numbers(Shape{2}, {1, 2, 3}), Error);
}

}  // namespace
}  // namespace antler::layers
