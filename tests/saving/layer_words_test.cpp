#include "antler/saving/layer_words.h"

#include <gmock/gmock.h>

#include "antler/layers/layers.h"
#include "antler/layers/registry.h"

namespace antler::saving {
namespace {

using layers::Layer;

layers::SavedLayer words(Flavour flavour, const Layer& layer) {
  return words_for(flavour, layer.base());
}

TEST(LayerWords, ToKeras2NameNothingThatItRefuses) {
  const auto has = [](const Layer& layer, const char* key) {
    return words(Flavour::both, layer).config.contains(key);
  };
  EXPECT_FALSE(has(layers::LayerNormalization(), "rms_scaling"));
  EXPECT_FALSE(has(layers::RandomFlip(), "data_format"));
  EXPECT_FALSE(has(layers::ZeroPadding1D(), "data_format"));
  EXPECT_FALSE(has(layers::CenterCrop(2, 2), "data_format"));
  EXPECT_FALSE(has(layers::RandomContrast(0.1), "value_range"));
  EXPECT_FALSE(has(layers::Resizing(2, 2), "pad_to_aspect_ratio"));
  EXPECT_FALSE(has(layers::Resizing(2, 2), "antialias"));
}

TEST(LayerWords, ToKeras2KeepWhatMeansSomething) {
  EXPECT_TRUE(words(Flavour::both, layers::MaxPool2D()).config.contains("data_format"));
  EXPECT_EQ(
      words(Flavour::both, layers::RandomContrast(0.1, {.value_range = {0.0, 1.0}})).config["value_range"],
      Json({0, 1}));
}

TEST(LayerWords, ToldKeras3AreAllOfThem) {
  EXPECT_TRUE(words(Flavour::keras3, layers::LayerNormalization()).config.contains("rms_scaling"));
}

TEST(LayerWords, RememberTheBatchNormalizationOfKeras2InAnyFile) {
  for (const layers::Dialect dialect : {layers::Dialect::keras2, layers::Dialect::keras3}) {
    const Layer layer = layers::layer_from_config("BatchNormalization", Json::object(), dialect);
    const Json marker = layer.base().config()["renorm_clipping"];
    for (const Flavour flavour : {Flavour::keras2, Flavour::keras3, Flavour::both})
      EXPECT_EQ(words(flavour, layer).config.at("renorm_clipping"), marker);
  }
}

TEST(LayerWords, OfASpatialDropoutInKeras3DoNotSayTrainable) {
  EXPECT_FALSE(words(Flavour::keras3, layers::SpatialDropout2D(0.1)).has_trainable);
  EXPECT_FALSE(words(Flavour::both, layers::SpatialDropout2D(0.1)).has_trainable);
  EXPECT_TRUE(words(Flavour::keras2, layers::SpatialDropout2D(0.1)).has_trainable);
}

TEST(LayerWords, OfAThresholdedReluAreThoseOfReluWhereKeras3Reads) {
  const Layer layer = layers::ThresholdedReLU(0.5);
  EXPECT_EQ(words(Flavour::both, layer).class_name, "ReLU");
  EXPECT_EQ(words(Flavour::both, layer).config["threshold"], 0.5);
  EXPECT_EQ(words(Flavour::keras2, layer).class_name, "ThresholdedReLU");
}

}  // namespace
}  // namespace antler::saving
