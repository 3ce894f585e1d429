#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

TEST(Input, KnowsItsShapeWithAnUnknownBatch) {
  const Layer layer = Input({28, 28, 1}, "pictures");
  EXPECT_EQ(layer.class_name(), "InputLayer");
  EXPECT_EQ(layer.name(), "pictures");
  EXPECT_EQ(layer.base().batch_input_shape, Shape({Shape::unknown, 28, 28, 1}));
}

TEST(Input, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(Input({2, 3})),
            R"({"batch_shape": [null, 2, 3], "sparse": false, "ragged": false, "optional": false})");
  EXPECT_EQ(config_read_back(Input({2, 3})), config_of(Input({2, 3})));
}

TEST(Input, ReadsWhatKeras2And3Wrote) {
  const Layer keras_3 = read_layer("InputLayer", R"({"batch_shape": [null, 28, 28, 1], "dtype": "float32",
      "sparse": false, "ragged": false, "name": "input_layer", "optional": false})");
  const Layer keras_2 =
      read_layer("InputLayer", R"({"batch_input_shape": [null, 28, 28, 1], "dtype": "float32",
      "sparse": false, "ragged": false, "name": "input_1"})");
  EXPECT_EQ(keras_3.base().batch_input_shape, keras_2.base().batch_input_shape);
  EXPECT_EQ(keras_3.name(), "input_layer");
}

TEST(Input, RefusesShapesItCannotHave) {
  EXPECT_THROW(Input({28, Shape::unknown, 1}), Error);
  EXPECT_THROW(Input({0}), Error);
  EXPECT_THROW(Input({1 << 30, 1 << 30, 1 << 30}), Error);
  EXPECT_THROW(read_layer("InputLayer", "{}"), Error);
  EXPECT_THROW(read_layer("InputLayer", R"({"batch_shape": []})"), Error);
  EXPECT_THROW(read_layer("InputLayer", R"({"batch_shape": [null, null, 3]})"), Error);
  EXPECT_THROW(read_layer("InputLayer", R"({"batch_shape": [null, 1, 1, 1, 1, 1, 1, 1, 1, 1]})"), Error);
  EXPECT_THROW(read_layer("InputLayer", R"({"batch_shape": [null, 3], "sparse": true})"), Error);
  EXPECT_THROW(read_layer("InputLayer", R"({"batch_shape": [null, 3], "dtype": "int32"})"), Error);
}

}  // namespace
}  // namespace antler::layers
