#include <gmock/gmock.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::Each;
using testing::ElementsAreArray;
using testing::Not;

// The layers that draw random numbers, with a seed each.
std::vector<Layer> random_layers(std::optional<int64_t> seed = {}) {
  return {Dropout(0.5, {.seed = seed, .name = "a"}),
          SpatialDropout2D(0.5, {.seed = seed, .name = "a"}),
          GaussianNoise(0.5, {.seed = seed, .name = "a"}),
          GaussianDropout(0.5, {.seed = seed, .name = "a"}),
          AlphaDropout(0.5, {.seed = seed, .name = "a"}),
          RandomFlip("horizontal", {.seed = seed, .name = "a"}),
          RandomRotation(0.2, {.seed = seed, .name = "a"}),
          RandomTranslation(0.2, 0.2, {.seed = seed, .name = "a"}),
          RandomZoom(0.2, {.seed = seed, .name = "a"}),
          RandomContrast({0.5, 0.5}, {.value_range = {-5, 5}, .seed = seed, .name = "a"}),
          RandomBrightness(0.2, {.value_range = {-5, 5}, .seed = seed, .name = "a"})};
}

Tensor images() {
  Tensor x({8, 3, 4, 5});
  RandomStream(1, 2).fill_normal(x.span(), 0.0F, 1.0F);
  return x;
}

TEST(RandomLayers, DoNothingInInference) {
  const Tensor x = images();
  for (const Layer& layer : random_layers()) {
    EXPECT_THAT(run_layer(layer, x).span(), ElementsAreArray(x.span())) << layer.class_name();
    EXPECT_THAT(run_layer(layer, x, true).span(), Not(ElementsAreArray(x.span()))) << layer.class_name();
  }
}

TEST(RandomLayers, DrawOtherNumbersForAnotherSeed) {
  const Tensor x = images();
  const std::vector<Layer> first = random_layers(7);
  const std::vector<Layer> same = random_layers(7);
  const std::vector<Layer> other = random_layers(8);
  for (size_t i = 0; i < first.size(); ++i) {
    const Tensor y = run_layer(first[i], x, true);
    EXPECT_THAT(run_layer(same[i], x, true).span(), ElementsAreArray(y.span())) << first[i].class_name();
    EXPECT_THAT(run_layer(other[i], x, true).span(), Not(ElementsAreArray(y.span())));
  }
}

TEST(RandomLayers, HaveTheSeedStateOfKeras) {
  for (const Layer& layer : random_layers(7)) {
    build_layer(layer, {3, 4, 5});
    const std::array<uint32_t, 2> expected{7, 0};
    EXPECT_EQ(layer.base().seed_state, expected) << layer.class_name();
  }
  for (const Layer& layer : random_layers()) {
    build_layer(layer, {3, 4, 5});
    EXPECT_NE(layer.base().seed_state.value()[0], 0U) << layer.class_name();
  }
  for (const Layer& layer : {Dropout(0.0), GaussianNoise(0.0), AlphaDropout(0.0), Identity()}) {
    build_layer(layer, {3});
    EXPECT_FALSE(layer.base().seed_state) << layer.class_name();
  }
}

TEST(RandomLayers, DrawOtherNumbersInAnotherModelOfTheSameModel) {
  const Layer layer = Dropout(0.5, {.name = "a"});
  build_layer(layer, {100});
  const auto dropped = [&](const std::string& scope) {
    const Tensor x({1, 100}, 1.0F);
    graph::Graph graph;
    Lowering to{.graph = graph, .training = true, .scope = scope};
    const std::vector<graph::Value> inputs = {graph.input(x.shape())};
    const graph::Value y = layer.base().lower(to, inputs);
    graph::Plan plan(graph, {.outputs = {y}, .seeds = {}});
    plan.bind(inputs[0], x.data());
    plan.forward({});
    const std::span<const float> values = plan.value(y).span();
    return std::vector<float>(values.begin(), values.end());
  };
  EXPECT_EQ(dropped("left/"), dropped("left/"));
  EXPECT_NE(dropped("left/"), dropped("right/"));
}

TEST(RandomLayers, AreTheSameAfterReadingThemBack) {
  for (const Layer& layer : random_layers(3)) EXPECT_EQ(config_read_back(layer), config_of(layer));
}

TEST(SpatialDropout, DropsWholeFeatureMaps) {
  const Tensor y = run_layer(SpatialDropout1D(0.5), Tensor({4, 3, 50}, 1.0F), true);
  for (int64_t i = 0; i < y.size(); ++i) EXPECT_EQ(y[i], y[i / 150 * 150 + i % 50]);
  EXPECT_THAT(y.span(), testing::Contains(0.0F));
  EXPECT_THAT(y.span(), testing::Contains(2.0F));
}

TEST(SpatialDropout, IsWrittenAsKeras3WritesIt) {
  EXPECT_EQ(config_of(SpatialDropout1D(0.25)), R"({"rate": 0.25, "seed": null})");
  EXPECT_EQ(config_of(SpatialDropout2D(0.25)),
            R"({"rate": 0.25, "seed": null, "data_format": "channels_last"})");
  EXPECT_FALSE(SpatialDropout1D(0.25).base().for_keras_3().has_trainable);
}

TEST(SpatialDropout, IsReadFromKeras2) {
  EXPECT_EQ(config_of(read_layer("SpatialDropout1D", R"({"rate": 0.25, "noise_shape": null, "seed": 2})")),
            R"({"rate": 0.25, "seed": 2})");
}

TEST(Dropout, DropsTogetherWhatItsNoiseShapeRepeats) {
  const Tensor y =
      run_layer(Dropout(0.5, {.noise_shape = Shape{Shape::unknown, 1, 50}}), Tensor({4, 3, 50}, 1.0F), true);
  for (int64_t i = 0; i < y.size(); ++i) EXPECT_EQ(y[i], y[i / 150 * 150 + i % 50]);
  EXPECT_THROW(run_layer(Dropout(0.5, {.noise_shape = Shape{2, 2}}), Tensor({4, 3}), true), Error);
}

TEST(Noise, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(GaussianNoise(0.5)), R"({"stddev": 0.5, "seed": null})");
  EXPECT_EQ(config_of(GaussianDropout(0.5)), R"({"rate": 0.5, "seed": null})");
  EXPECT_EQ(config_of(AlphaDropout(0.5)), R"({"rate": 0.5, "seed": null, "noise_shape": null})");
}

TEST(Noise, RefusesWhatIsNoRateOrDeviation) {
  EXPECT_THROW(GaussianNoise(-0.1), Error);
  EXPECT_THROW(GaussianNoise(1.1), Error);
  EXPECT_THROW(GaussianDropout(1.0), Error);
  EXPECT_THROW(AlphaDropout(1.0), Error);
  EXPECT_THROW(SpatialDropout1D(1.5), Error);
  EXPECT_THROW(build_layer(SpatialDropout1D(0.5), {3, 4, 5}), Error);
  EXPECT_THROW(build_layer(SpatialDropout2D(0.5), {3, 4}), Error);
}

}  // namespace
}  // namespace antler::layers
