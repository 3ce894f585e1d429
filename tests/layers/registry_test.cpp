#include <gmock/gmock.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

using testing::HasSubstr;

std::string error_of(const std::string& class_name, const std::string& config) {
  try {
    read_layer(class_name, config);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Registry, KnowsItsClassesInOrder) {
  const std::vector<std::string> classes = layer_classes();
  EXPECT_TRUE(std::ranges::is_sorted(classes));
  EXPECT_THAT(classes, testing::IsSupersetOf({"Conv2D", "Dense", "InputLayer", "ThresholdedReLU"}));
}

TEST(Registry, ReadsWhatAllLayersHaveInCommon) {
  const Layer layer = read_layer("Dense", R"({"name": "d", "trainable": false, "units": 2,
      "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null},
      "batch_input_shape": [null, 4]})");
  EXPECT_EQ(layer.name(), "d");
  EXPECT_FALSE(layer.trainable());
  EXPECT_EQ(layer.base().batch_input_shape, Shape({Shape::unknown, 4}));
}

TEST(Registry, KnowsKerassOtherNames) {
  EXPECT_EQ(read_layer("MaxPool2D", "{}").class_name(), "MaxPooling2D");
  EXPECT_EQ(read_layer("Convolution1D", R"({"filters": 1, "kernel_size": 1})").class_name(), "Conv1D");
}

TEST(Registry, RunsNoCodeOfAFile) {
  EXPECT_EQ(error_of("Lambda", R"({"name": "x", "function": ["4wEAAAA="]})"),
            "layer 'x' is a Lambda; antler executes no code from model files");
}

TEST(Registry, RefusesClassesItDoesNotHave) {
  EXPECT_EQ(error_of("Spell", R"({"name": "x"})"),
            "layer 'x' is of the class 'Spell', which antler does not have");
}

TEST(Registry, RefusesOtherTypesThanFloat32) {
  EXPECT_THAT(error_of("Flatten", R"({"dtype": "float16"})"), HasSubstr("dtype is 'float16'"));
  EXPECT_THAT(
      error_of("Flatten", R"({"dtype": {"class_name": "Policy", "config": {"name": "mixed_float16"}}})"),
      HasSubstr("dtype is 'mixed_float16'"));
  EXPECT_THAT(error_of("Flatten", R"({"dtype": 3})"), HasSubstr("dtype"));
  EXPECT_THAT(error_of("Flatten", R"({"dtype": {"config": []}})"), HasSubstr("dtype"));
}

TEST(Registry, IgnoresOnlySettingsWithoutEffect) {
  EXPECT_EQ(error_of("Dense", R"({"units": 1, "activity_regularizer": null, "lora_rank": null})"),
            "no error");
  EXPECT_EQ(error_of("BatchNormalization", R"({"fused": true, "virtual_batch_size": null})"), "no error");
  EXPECT_THAT(error_of("Dense", R"({"name": "d", "units": 1, "lora_rank": 4})"),
              HasSubstr("layer 'd' (Dense): lora_rank is set"));
  EXPECT_THAT(error_of("Dense", R"({"name": "d", "units": 1, "unit": 1})"),
              HasSubstr("layer 'd' (Dense): antler does not know the setting 'unit'"));
}

TEST(Registry, RefusesConfigsThatAreNone) {
  EXPECT_THROW(read_layer("Dense", "[1, 2]"), Error);
  EXPECT_THROW(read_layer("Dense", "null"), Error);
  EXPECT_THROW(read_layer("Dense", R"({"units": 1, "name": 3})"), Error);
  EXPECT_THROW(read_layer("Dense", R"({"units": 1, "trainable": "yes"})"), Error);
  EXPECT_THROW(read_layer("Dense", R"({"units": 1, "batch_input_shape": [null, -3]})"), Error);
  EXPECT_THROW(read_layer("Dense", R"({"units": 1, "batch_input_shape": "x"})"), Error);
}

}  // namespace
}  // namespace antler::layers
