#include "antler/saving/model_json.h"

#include <nlohmann/json.hpp>

#include "antler/core/error.h"
#include "antler/saving/saving.h"
#include "tests/core/temporary_folder.h"
#include "tests/saving/small_models.h"

namespace antler {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// What Keras 3.15.1 writes for Sequential([Input((4,)), Dense(3, activation="relu")], name="s").to_json(),
// but for its shared_object_id.
constexpr const char* of_keras3 = R"({"module": "keras", "class_name": "Sequential", "config": {"name": "s",
  "trainable": true, "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"},
  "registered_name": null}, "layers": [{"module": "keras.layers", "class_name": "InputLayer", "config":
  {"batch_shape": [null, 4], "dtype": "float32", "sparse": false, "ragged": false, "name": "input_layer",
  "optional": false}, "registered_name": null}, {"module": "keras.layers", "class_name": "Dense", "config":
  {"name": "dense", "trainable": true, "dtype": {"module": "keras", "class_name": "DTypePolicy", "config":
  {"name": "float32"}, "registered_name": null}, "units": 3, "activation": "relu", "use_bias": true,
  "kernel_initializer": {"module": "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null}, "bias_initializer": {"module":
  "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": null}, "kernel_regularizer": null,
  "bias_regularizer": null, "kernel_constraint": null, "bias_constraint": null},
  "registered_name": null, "build_config": {"input_shape": [null, 4]}}], "build_input_shape": [null, 4]},
  "registered_name": null, "build_config": {"input_shape": [null, 4]}})";

TEST(ModelJson, IsThatOfKeras3) {
  const Sequential model({layers::Input({4}), layers::Dense(3, {.activation = "relu"})}, "s");
  EXPECT_EQ(nlohmann::json::parse(model_to_json(model)), nlohmann::json::parse(of_keras3));
}

TEST(ModelJson, KeepsTheArchitectureAndHowToTrain) {
  const Model model = trained_sequential();
  const Model again = model_from_json(model_to_json(model));
  EXPECT_TRUE(again.is_compiled());
  EXPECT_EQ(again.optimizer().config(), model.optimizer().config());
  EXPECT_EQ(model_to_json(again), model_to_json(model));
}

TEST(ModelJson, KeepsBranches) {
  const Model model = branched();
  EXPECT_EQ(model_to_json(model_from_json(model_to_json(model))), model_to_json(model));
}

// What Keras 2 means by hard_sigmoid is 0.2 x + 0.5; in Keras 3 it is x / 6 + 0.5.
constexpr const char* of_keras2 = R"({"class_name": "Sequential", "config": {"name": "s", "layers": [
  {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 1], "dtype": "float32", "sparse": false,
  "ragged": false, "name": "in"}}, {"class_name": "Activation", "config": {"name": "a", "trainable": true,
  "dtype": "float32", "activation": "hard_sigmoid"}}]}, "keras_version": "2.21.0", "backend": "tensorflow"})";

TEST(ModelJson, OfKeras2HasTheMeaningOfKeras2) {
  EXPECT_FLOAT_EQ(model_from_json(of_keras2).predict(Tensor({1, 1}, {1.0F}))[0], 0.7F);
}

TEST(ModelJson, CannotSayWhatOnlyKeras2Has) {
  const Model model = model_from_json(of_keras2);
  EXPECT_THAT([&] { model_to_json(model); },
              ThrowsMessage<Error>(testing::AllOf(HasSubstr("'a'"), HasSubstr("hard sigmoid of Keras 2"))));
}

TEST(LegacyH5, KeepsTheHardSigmoidOfKeras2AsAFileOfKeras2) {
  const TemporaryFolder folder;
  model_from_json(of_keras2).save(folder / "model.h5");
  EXPECT_FLOAT_EQ(load_model(folder / "model.h5").predict(Tensor({1, 1}, {1.0F}))[0], 0.7F);
}

TEST(LegacyH5, KeepsTheHardSigmoidOfKeras3) {
  const TemporaryFolder folder;
  Sequential({layers::Input({1}), layers::Activation("hard_sigmoid")}).save(folder / "model.h5");
  EXPECT_FLOAT_EQ(load_model(folder / "model.h5").predict(Tensor({1, 1}, {1.0F}))[0], 2.0F / 3.0F);
}

TEST(ModelJson, RefusesWhatIsNoModel) {
  EXPECT_THAT([] { model_from_json("{"); }, ThrowsMessage<Error>(HasSubstr("JSON")));
  EXPECT_THAT([] { model_from_json("[1]"); }, ThrowsMessage<Error>(HasSubstr("JSON")));
  EXPECT_THAT([] { model_from_json(R"({"class_name": "Dense", "config": {"units": 1}})"); },
              ThrowsMessage<Error>(HasSubstr("'Dense'")));
}

}  // namespace
}  // namespace antler
