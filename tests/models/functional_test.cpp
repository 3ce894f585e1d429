#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "antler/models/model.h"
#include "tests/models/small_model.h"

namespace antler {
namespace {

using layers::Symbol;
using testing::ElementsAre;

std::vector<std::string> names(const Model& model) {
  std::vector<std::string> all;
  for (const layers::Layer& layer : model.layers()) all.push_back(layer.name());
  return all;
}

TEST(Functional, RunsBranchesThatMeetAgain) {
  const Symbol x = layers::Input({2});
  layers::Layer doubled = layers::Dense(2, {.use_bias = false});
  layers::Layer tripled = layers::Dense(2, {.use_bias = false});
  Model model({x}, {layers::Add()({doubled(x), tripled(x)})});
  doubled.set_weights({Tensor({2, 2}, {2, 0, 0, 2})});
  tripled.set_weights({Tensor({2, 2}, {3, 0, 0, 3})});
  EXPECT_THAT(model.predict(Tensor({1, 2}, {1, 10})).span(), ElementsAre(5, 50));
}

TEST(Functional, SharesALayerThatIsAppliedTwice) {
  const Symbol x = layers::Input({2});
  layers::Layer shared = layers::Dense(2, {.use_bias = false});
  Model model({x}, {shared(shared(x))});
  shared.set_weights({Tensor({2, 2}, {0, 2, 3, 0})});
  EXPECT_THAT(model.predict(Tensor({1, 2}, {1, 1})).span(), ElementsAre(6, 6));
  EXPECT_EQ(model.count_params(), 4);
}

TEST(Functional, OrdersLayersByDepthAsKerasDoes) {
  const Symbol x = layers::Input({4}, "in");
  const Symbol far = layers::Dense(3, {.name = "far"})(x);
  const Symbol near = layers::Dense(3, {.name = "near"})(layers::Activation("relu", {.name = "relu"})(far));
  const Symbol side = layers::Dense(3, {.name = "side"})(x);
  const Model model({x}, {layers::Add({.name = "sum"})({near, side})});
  EXPECT_THAT(names(model), ElementsAre("in", "far", "relu", "near", "side", "sum"));
}

TEST(Functional, TrainsOnSeveralInputsAndOutputs) {
  const Samples data = exclusive_or(64);
  set_random_seed(3);
  const Symbol a = layers::Input({2}, "a");
  const Symbol b = layers::Input({2}, "b");
  const Symbol joined = layers::Concatenate()({a, b});
  const Symbol hidden = layers::Dense(8, {.activation = "relu"})(joined);
  const Symbol classes = layers::Dense(2, {.activation = "softmax", .name = "classes"})(hidden);
  const Symbol number = layers::Dense(2, {.name = "number"})(hidden);
  Model model({a, b}, {classes, number});
  model.compile({.optimizer = "adam",
                 .loss = {"categorical_crossentropy", "mse"},
                 .metrics = {"accuracy", "mae"},
                 .loss_weights = {1.0, 0.5}});
  const std::vector<Tensor> x{data.x, data.x};
  const std::vector<Tensor> y{data.y, data.x};
  const History history =
      model.fit(x, y, {.batch_size = 16, .epochs = 5, .verbose = 0, .validation_split = 0.25});
  EXPECT_LT(history["loss"].back(), history["loss"].front());
  EXPECT_NEAR(history["loss"][0], history["classes_loss"][0] + 0.5 * history["number_loss"][0], 1e-9);
  EXPECT_TRUE(history.contains("val_classes_accuracy"));
  EXPECT_TRUE(history.contains("number_mae"));
  const std::vector<Tensor> predictions = model.predict_outputs(x);
  EXPECT_EQ(predictions[1].shape(), Shape({64, 2}));
  EXPECT_THROW(model.predict(x), Error);
}

TEST(Functional, RefusesAModelThatNeedsAnotherInput) {
  const Symbol a = layers::Input({2});
  const Symbol b = layers::Input({2});
  const Symbol sum = layers::Add()({a, b});
  EXPECT_THROW(Model({a}, {sum}), Error);
  EXPECT_THROW(Model({sum}, {layers::Dense(1)(sum)}), Error);
}

TEST(Functional, RefusesALayerInPlaceOfWhatItMakes) {
  EXPECT_THROW(Symbol{layers::Dense(2)}, Error);
}

TEST(Functional, RefusesSeveralInputsForALayerOfOne) {
  const Symbol a = layers::Input({2});
  const Symbol b = layers::Input({2});
  EXPECT_THROW(Model({a, b}, {layers::Dense(2)({a, b})}), Error);
}

}  // namespace
}  // namespace antler
