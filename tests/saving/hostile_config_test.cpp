// Configurations that ask for more than a file can have, or count further than a number goes.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/saving/model_config.h"
#include "antler/saving/model_json.h"

namespace antler::saving {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// A Sequential of an input and one layer with these settings.
std::string with_layer(const std::string& input, const std::string& class_name, const std::string& settings) {
  return R"({"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, )" +
         input + R"(]}}, {"class_name": ")" + class_name + R"(", "config": {"name": "it")" + settings +
         "}}]}}";
}

// Reads the configuration of a file that holds no numbers at all.
void read_without_weights(const std::string& json) {
  model_from_config(parse_json(json, "test"), {.stored = [](const std::string&) { return 0; }});
}

TEST(HostileConfig, MayNotAskForMoreWeightsThanTheFileHolds) {
  const auto refused = [](const std::string& input, const char* class_name, const char* settings) {
    EXPECT_THAT([&] { read_without_weights(with_layer(input, class_name, settings)); },
                ThrowsMessage<Error>(HasSubstr("needs more weights than the file holds")))
        << class_name << settings;
  };
  const std::string wide = "2147483648";
  refused("3", "Dense", R"(, "units": 500000000)");
  refused("5, 5, 2", "DepthwiseConv2D", R"(, "kernel_size": [4, 4], "depth_multiplier": 100000000)");
  refused("50000, 40000, 1", "DepthwiseConv2D", R"(, "kernel_size": [40000, 40000])");
  for (const char* class_name :
       {"BatchNormalization", "LayerNormalization", "RMSNormalization", "Normalization", "PReLU"})
    refused(wide, class_name, "");
}

TEST(HostileConfig, MayNotHideItsWeightsInAModelWithoutShape) {
  const std::string nested =
      R"({"class_name": "Sequential", "config": {"name": "inner", "layers": [
      {"class_name": "Dense", "config": {"name": "d", "units": 500000000}}]}})";
  const std::string json = R"({"class_name": "Sequential", "config": {"name": "m", "layers": [
      {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 3]}}, )" +
                           nested + "]}}";
  EXPECT_THAT([&] { read_without_weights(json); },
              ThrowsMessage<Error>(HasSubstr("needs more weights than the file holds")));
}

TEST(HostileConfig, MayNotMakeOutputsThatNoMemoryHolds) {
  const auto refused = [](const std::string& input, const char* class_name, const char* settings) {
    EXPECT_THAT([&] { model_from_json(with_layer(input, class_name, settings)); },
                ThrowsMessage<Error>(HasSubstr("layer 'it' (" + std::string(class_name) + ")")))
        << class_name << settings;
  };
  refused("28, 28, 1", "UpSampling2D", R"(, "size": [1000000, 1000000])");
  refused("28, 28, 1", "ZeroPadding2D", R"(, "padding": [[0, 2000000000], [0, 2000000000]])");
  refused("28, 28, 1", "Resizing", R"(, "height": 1000000, "width": 1000000)");
  refused("1000000", "RepeatVector", R"(, "n": 1000000)");
  refused("28, 28, 1", "Conv2DTranspose",
          R"(, "filters": 1, "kernel_size": 2, "strides": 1, "dilation_rate": [2147483648, 2147483648])");
  refused("2147483648, 1", "Conv1DTranspose", R"(, "filters": 1, "kernel_size": 1, "strides": 2147483648)");
}

TEST(HostileConfig, MayNotPadBeyondMemoryWhereTheOutputIsSmall) {
  EXPECT_THAT(
      [] {
        model_from_json(with_layer(
            "5, 5, 1", "Conv2D",
            R"(, "filters": 1, "kernel_size": 3, "padding": "same", "dilation_rate": 1000000000)"));
      },
      ThrowsMessage<Error>(HasSubstr("the padded input")));
}

TEST(HostileConfig, CountsCallsAndOutputsNoFurtherThanANumberGoes) {
  for (const char* number : {"2147483647", "-2147483648", "4294967296", "1e308", "[0]", "null"}) {
    const std::string json = R"({"class_name": "Functional", "config": {"name": "m", "layers": [
        {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 3]}, "name": "in", "inbound_nodes": []},
        {"class_name": "Flatten", "config": {"name": "f"}, "name": "f", "inbound_nodes": [[["in", )" +
                             std::string(number) + R"(, 0, {}]]]}],
        "input_layers": [["in", 0, 0]], "output_layers": [["f", 0, 0]]}})";
    EXPECT_THAT([&] { model_from_json(json); }, ThrowsMessage<Error>(HasSubstr("whole number"))) << number;
  }
}

TEST(HostileConfig, HasNoShapeOfOtherNumbers) {
  const std::string json = R"({"class_name": "Sequential", "config": {"name": "m", "layers": [
      {"class_name": "Flatten", "config": {"name": "f"}}], "build_input_shape": [null, 1e308]}})";
  EXPECT_THAT([&] { model_from_json(json); }, ThrowsMessage<Error>(HasSubstr("build_input_shape")));
}

}  // namespace
}  // namespace antler::saving
