// The layers that change images at random, with factors that leave nothing to chance. Figures are those of
// Keras 3.15.1.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::FloatNear;
using testing::Pointwise;

const Tensor x({1, 3, 4, 1}, {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8});

using Values = std::vector<float>;

void expect_picture(const Layer& layer, const Values& expected) {
  EXPECT_THAT(run_layer(layer, x, true).span(), Pointwise(FloatNear(5e-5F), expected)) << config_of(layer);
}

void expect_same(const Tensor& found, const Tensor& expected) {
  EXPECT_EQ(found.shape(), expected.shape());
  EXPECT_THAT(found.span(), testing::ElementsAreArray(expected.span()));
}

TEST(RandomRotation, TurnsAsKerasDoes) {
  const auto turned = [](const std::string& fill, const std::string& interpolation) {
    return RandomRotation({0.1, 0.1}, {.fill_mode = fill, .interpolation = interpolation, .fill_value = 7});
  };
  expect_picture(turned("constant", "bilinear"), {5.22195F, 3.45634F, 3.22428F, 6.40285F, 2.86707F, 6.26106F,
                                                  3.29754F, 6.87004F, 5.50109F, 5.46163F, 3.9799F, 6.49807F});
  expect_picture(turned("reflect", "bilinear"), {1.25148F, 3.04983F, 3.22428F, 6.14532F, 2.86707F, 6.26106F,
                                                 3.29754F, 6.87004F, 4.85468F, 5.46163F, 3.63345F, 5.37722F});
  expect_picture(turned("wrap", "bilinear"), {3.25148F, 4.36655F, 3.22428F, 5, 2.86707F, 6.26106F, 3.29754F,
                                              6.87004F, 5.6367F, 5.46163F, 1.95017F, 3.62278F});
  expect_picture(turned("nearest", "bilinear"), {1.25148F, 3.04983F, 3.22428F, 6.14532F, 2.86707F, 6.26106F,
                                                 3.29754F, 6.87004F, 4.85468F, 5.46163F, 3.63345F, 5.37722F});
  expect_picture(turned("constant", "nearest"), {7, 4, 4, 6, 3, 9, 2, 8, 5, 3, 3, 7});
  expect_picture(turned("wrap", "nearest"), {3, 5, 4, 5, 3, 9, 2, 8, 6, 3, 1, 4});
  expect_picture(RandomRotation({0.5, 0.5}), {8, 5, 3, 5, 6, 2, 9, 5, 1, 4, 1, 3});
}

TEST(RandomTranslation, ShiftsAsKerasDoes) {
  const auto shifted = [](const std::string& fill, const std::string& interpolation) {
    return RandomTranslation({0.4, 0.4}, {-0.3, -0.3},
                             {.fill_mode = fill, .interpolation = interpolation, .fill_value = 7});
  };
  expect_picture(shifted("constant", "bilinear"), {7, 7, 7, 7, 2.68F, 4.12F, 3.16F, 7, 6.4F, 2.92F, 5.4F, 7});
  expect_picture(shifted("reflect", "bilinear"),
                 {2.8F, 3.28F, 2, 2.32F, 1.6F, 3.4F, 1, 1.6F, 6.4F, 2.92F, 5, 4.48F});
  expect_picture(shifted("wrap", "bilinear"),
                 {4.24F, 5.04F, 5, 4.84F, 3.4F, 5.6F, 5, 4.6F, 6.4F, 2.92F, 4.6F, 5.16F});
  expect_picture(shifted("nearest", "bilinear"), {1.6F, 3.4F, 1, 1, 1.6F, 3.4F, 1, 1, 6.4F, 2.92F, 5, 5});
  expect_picture(shifted("wrap", "nearest"), {3, 5, 5, 5, 3, 5, 5, 5, 9, 2, 5, 5});
  expect_picture(RandomTranslation({1, 1}, {-1, -1}), {8, 5, 3, 5, 6, 2, 9, 5, 1, 4, 1, 3});
}

TEST(RandomZoom, ZoomsAsKerasDoes) {
  const auto zoomed = [](const std::string& fill, const std::string& interpolation) {
    return RandomZoom({0.5, 0.5}, {.width_factor = Factor(-0.25, -0.25),
                                   .fill_mode = fill,
                                   .interpolation = interpolation,
                                   .fill_value = 7});
  };
  expect_picture(zoomed("constant", "bilinear"), {4.625F, 4.1875F, 5.3125F, 4.5625F, 6.5F, 8.125F, 2.875F,
                                                  4.5F, 5.625F, 5.125F, 5.875F, 6.9375F});
  expect_picture(zoomed("reflect", "bilinear"),
                 {2.25F, 1.375F, 3.625F, 2.125F, 6.5F, 8.125F, 2.875F, 4.5F, 4.25F, 3.25F, 4.75F, 6.875F});
  expect_picture(zoomed("wrap", "bilinear"),
                 {4.25F, 3.25F, 4.75F, 6.875F, 6.5F, 8.125F, 2.875F, 4.5F, 2.25F, 1.375F, 3.625F, 2.125F});
  expect_picture(zoomed("constant", "nearest"), {7, 7, 7, 7, 5, 9, 2, 6, 7, 7, 7, 7});
  expect_picture(RandomZoom({0.5, 0.5}), {3, 1.5F, 3.25F, 1, 5, 8, 3, 6, 5, 3.5F, 5.75F, 8});
}

// Which of both ways is drawn: among many images there are both.
TEST(RandomShear, ShearsEitherWayAsKerasDoes) {
  Tensor many({30, 3, 4, 1});
  for (int64_t i = 0; i < many.size(); ++i) many[i] = x[i % 12];
  const auto expect_either = [&](const std::string& fill, const Values& one, const Values& other) {
    const RandomAffineOptions options{.fill_mode = fill, .fill_value = 7};
    const Tensor y = run_layer(RandomShear({0.3, 0.3}, {0.4, 0.4}, options), many, true);
    int64_t ones = 0;
    for (int64_t image = 0; image < 30; ++image) {
      const bool is_one = y[image * 12 + 1] == one[1];
      EXPECT_THAT(y.rows(image, image + 1).span(), Pointwise(FloatNear(5e-5F), is_one ? one : other)) << fill;
      ones += is_one ? 1 : 0;
    }
    EXPECT_TRUE(ones > 5 && ones < 25) << ones;
  };
  expect_either("constant", {3, 4.2F, 2.4F, 6.4F, 6.2F, 5.58F, 5.36F, 7.56F, 3.8F, 5.32F, 6.96F, 7},
                {3, 3.4F, 6.4F, 7, 5.6F, 5.32F, 3.3F, 2.92F, 6.2F, 5.16F, 5.72F, 3.44F});
  expect_either("reflect", {3, 4.2F, 2.4F, 6.4F, 6.2F, 5.58F, 5.36F, 8, 3.8F, 4.2F, 6.8F, 7.6F},
                {3, 1, 4, 2, 5, 5.32F, 3.3F, 1.9F, 5, 5.16F, 5.72F, 3.44F});
  expect_either("wrap", {3, 4.2F, 2.4F, 6.4F, 6.2F, 5.58F, 5.36F, 3, 3.8F, 2.8F, 2.2F, 3.4F},
                {3, 3, 5, 7.6F, 6, 5.32F, 3.3F, 7.1F, 8, 5.16F, 5.72F, 3.44F});
  expect_either("nearest", {3, 4.2F, 2.4F, 6.4F, 6.2F, 5.58F, 5.36F, 8, 3.8F, 4.2F, 6.8F, 8},
                {3, 1, 4, 1, 5, 5.32F, 3.3F, 1.9F, 5, 5.16F, 5.72F, 3.44F});
}

TEST(RandomErasing, ErasesWholeImagesOfAScaleOfOne) {
  EXPECT_THAT(
      run_layer(RandomErasing({.factor = {1, 1}, .scale = {1, 1}, .fill_value = 6.5}), x, true).span(),
      testing::Each(6.5F));
  EXPECT_THAT(run_layer(RandomErasing({.factor = {0, 0}}), x, true).span(),
              testing::ElementsAreArray(x.span()));
  EXPECT_THAT(run_layer(RandomErasing({.factor = {1, 1}}), x).span(), testing::ElementsAreArray(x.span()));
}

TEST(RandomElasticTransform, CutsToTheRangeAndActsInTrainingAlone) {
  const Layer layer = RandomElasticTransform({.factor = {1, 1}, .scale = {1, 1}, .value_range = {2, 5}});
  EXPECT_THAT(run_layer(layer, x, true).span(),
              testing::Each(testing::AllOf(testing::Ge(2.0F), testing::Le(5.0F))));
  EXPECT_THAT(run_layer(layer, x).span(), testing::ElementsAreArray(x.span()));
  EXPECT_THAT(run_layer(RandomElasticTransform({.scale = 0.0, .value_range = {2, 5}}), x, true).span(),
              testing::ElementsAreArray(x.span()));
}

TEST(RandomCrop, TakesAWindowInTrainingAndTheMiddleInInference) {
  const Tensor y = run_layer(RandomCrop(2, 2), x, true);
  EXPECT_EQ(y.shape(), Shape({1, 2, 2, 1}));
  bool is_window = false;
  for (int64_t at : {0, 1, 2, 4, 5, 6}) {
    is_window |= y[0] == x[at] && y[1] == x[at + 1] && y[2] == x[at + 4] && y[3] == x[at + 5];
  }
  EXPECT_TRUE(is_window);
  expect_same(run_layer(RandomCrop(2, 2), x), run_layer(Resizing(2, 2, {.crop_to_aspect_ratio = true}), x));
  expect_same(run_layer(RandomCrop(6, 4), x, true),
              run_layer(Resizing(6, 4, {.crop_to_aspect_ratio = true}), x));
}

TEST(RandomBrightness, AddsAShareOfTheRange) {
  const Tensor picture({1, 2, 2, 2}, {3, 1, 4, 1, 5, 9, 2, 6});
  EXPECT_THAT(run_layer(RandomBrightness({0.25, 0.25}, {.value_range = {0, 8}}), picture, true).span(),
              testing::ElementsAre(5, 3, 6, 3, 7, 8, 4, 8));
  EXPECT_THAT(run_layer(RandomBrightness({-0.25, -0.25}, {.value_range = {0, 8}}), picture, true).span(),
              testing::ElementsAre(1, 0, 2, 0, 3, 7, 0, 4));
}

TEST(RandomContrast, StaysWithinTheRange) {
  const Tensor y = run_layer(RandomContrast({1, 1}, {.value_range = {2, 5}}), x, true);
  for (float each : y.span()) EXPECT_TRUE(each >= 2.0F && each <= 5.0F) << each;
}

TEST(RandomFlip, TurnsByHalfATurnInBothDirections) {
  Tensor many({20, 1, 2, 1});
  for (int64_t i = 0; i < many.size(); ++i) many[i] = static_cast<float>(i % 2);
  const Tensor y = run_layer(RandomFlip("horizontal_and_vertical"), many, true);
  EXPECT_THAT(y.span(), testing::Not(testing::ElementsAreArray(many.span())));
  const Tensor same = run_layer(RandomFlip("vertical"), many, true);
  EXPECT_THAT(same.span(), testing::ElementsAreArray(many.span()));
}

TEST(RandomImages, AreWrittenAsKerasWritesThem) {
  EXPECT_EQ(config_of(RandomFlip()),
            R"({"data_format": "channels_last", "seed": null, "mode": "horizontal_and_vertical"})");
  EXPECT_EQ(config_of(RandomRotation(0.1)),
            R"({"factor": [-0.1, 0.1], "fill_mode": "reflect", "interpolation": "bilinear", "seed": null, )"
            R"("fill_value": 0.0, "data_format": "channels_last"})");
  EXPECT_EQ(
      config_of(RandomTranslation(0.1, {-0.2, 0.3})),
      R"({"height_factor": 0.1, "width_factor": [-0.2, 0.3], "fill_mode": "reflect", )"
      R"("interpolation": "bilinear", "seed": null, "fill_value": 0.0, "data_format": "channels_last"})");
  EXPECT_EQ(
      config_of(RandomZoom(0.1)),
      R"({"height_factor": 0.1, "width_factor": null, "fill_mode": "reflect", )"
      R"("interpolation": "bilinear", "seed": null, "fill_value": 0.0, "data_format": "channels_last"})");
  EXPECT_EQ(
      config_of(RandomContrast(0.1)),
      R"({"factor": [0.0, 0.1], "value_range": [0.0, 255.0], "seed": null, "data_format": "channels_last"})");
  EXPECT_EQ(
      config_of(RandomBrightness(0.1)),
      R"({"factor": [-0.1, 0.1], "value_range": [0.0, 255.0], "seed": null, "data_format": "channels_last"})");
}

TEST(RandomImages, AreTheSameAfterReadingThemBack) {
  EXPECT_EQ(
      config_read_back(RandomShear(0.2, {0.1, 0.3})),
      R"({"x_factor": 0.2, "y_factor": [0.1, 0.3], "fill_mode": "reflect", "interpolation": "bilinear", )"
      R"("seed": null, "fill_value": 0.0, "data_format": "channels_last"})");
  EXPECT_EQ(config_read_back(RandomErasing({.factor = 0.5, .fill_value = Numbers{1, 2, 3}, .seed = 4})),
            R"({"factor": [0.0, 0.5], "scale": [0.02, 0.33], "fill_value": [1.0, 2.0, 3.0], )"
            R"("value_range": [0.0, 255.0], "seed": 4, "data_format": "channels_last"})");
  EXPECT_EQ(
      config_read_back(RandomElasticTransform({.scale = {0.5, 0.7}, .fill_mode = "constant"})),
      R"({"factor": [0.0, 1.0], "scale": [0.5, 0.7], "interpolation": "bilinear", "fill_mode": "constant", )"
      R"("fill_value": 0.0, "value_range": [0.0, 255.0], "seed": null, "data_format": "channels_last"})");
  EXPECT_EQ(config_read_back(RandomCrop(2, 3, {.seed = 5})),
            R"({"data_format": "channels_last", "height": 2, "width": 3, "seed": 5})");
}

// What Keras 3.15 writes of a number, and cannot read itself.
TEST(RandomShear, ReadsTheIntervalThatKerasMakesOfANumber) {
  EXPECT_EQ(read_layer("RandomShear", R"({"x_factor": [-0.2, 0.2], "y_factor": [0, 0]})")
                .base()
                .config()["x_factor"],
            0.2);
}

TEST(RandomImages, AreReadFromKeras2) {
  const auto read = [](const std::string& class_name, const std::string& config) {
    return layer_from_config(class_name, Json::parse(config), Dialect::keras2).base().config();
  };
  EXPECT_EQ(read("RandomContrast", R"({"factor": 0.1, "seed": null, "rng_type": "stateful"})")["factor"],
            Json::parse("[0.1, 0.1]"));
  EXPECT_EQ(read("RandomZoom",
                 R"({"height_factor": 0.1, "width_factor": null, "rng_type": "stateful"})")["height_factor"],
            0.1);
  EXPECT_EQ(read("RandomFlip", R"({"mode": "vertical", "rng_type": "stateful"})")["mode"], "vertical");
}

TEST(RandomImages, RefuseWhatKerasRefuses) {
  EXPECT_THROW(RandomFlip("diagonal"), Error);
  EXPECT_THROW(RandomRotation(1.5), Error);
  EXPECT_THROW(RandomRotation(0.1, {.fill_mode = "mirror"}), Error);
  EXPECT_THROW(RandomRotation(0.1, {.interpolation = "cubic"}), Error);
  EXPECT_THROW(RandomTranslation(0.1, {-1.5, 0.0}), Error);
  EXPECT_THROW(RandomZoom(-1.0), Error);
  EXPECT_THROW(RandomContrast(-0.1), Error);
  EXPECT_THROW(RandomBrightness(1.5), Error);
  EXPECT_THROW(RandomShear(1.5), Error);
  EXPECT_THROW(RandomShear({-0.1, 0.2}), Error);
  EXPECT_THROW(RandomErasing({.factor = 1.5}), Error);
  EXPECT_THROW(RandomErasing({.scale = {-0.1, 0.2}}), Error);
  EXPECT_THROW(RandomErasing({.fill_value = Numbers{1, 2}}), Error);
  EXPECT_THROW(RandomErasing({.value_range = 1.0}), Error);
  EXPECT_THROW(build_layer(RandomErasing({.fill_value = Numbers{1, 2, 3}}), {3, 4, 2}), Error);
  EXPECT_THROW(RandomElasticTransform({.scale = 1.5}), Error);
  EXPECT_THROW(RandomElasticTransform({.fill_mode = "mirror"}), Error);
  EXPECT_THROW(RandomCrop(0, 2), Error);
  EXPECT_THROW(build_layer(RandomFlip(), {3, 4}), Error);
  EXPECT_THROW(read_layer("RandomRotation", R"({"factor": [0.1]})"), Error);
  EXPECT_THROW(read_layer("RandomRotation", R"({"factor": "0.1"})"), Error);
  EXPECT_THROW(read_layer("RandomZoom", "{}"), Error);
}

}  // namespace
}  // namespace antler::layers
