// Models as layers of other models.
#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "antler/models/sequential.h"

namespace antler {
namespace {

using namespace layers;
using testing::ElementsAre;

Sequential encoder() {
  return Sequential(
      {Input({3}), Dense(4, {.activation = "relu", .name = "hidden"}), Dense(2, {.name = "code"})},
      "encoder");
}

Model with_two_outputs() {
  const Symbol x = Input({3}, "pixels");
  const Symbol hidden = Dense(4, {.name = "hidden"})(x);
  return {{x}, {hidden, Dense(2, {.name = "code"})(hidden)}, "encoder"};
}

TEST(NestedModel, ServesAsALayerOfASequential) {
  Sequential inner = encoder();
  Sequential outer({inner, Dense(1)});
  const Tensor x({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_EQ(outer.predict(x).shape(), Shape({2, 1}));
  EXPECT_EQ(outer.layers()[0].name(), "encoder");
  EXPECT_EQ(outer.layers()[0].class_name(), "Sequential");
  EXPECT_EQ(outer.count_params(), inner.count_params() + 3);
}

TEST(NestedModel, TellsTheOuterModelItsInputShape) {
  const Sequential outer({encoder(), Dense(1)});
  EXPECT_EQ(outer.input_shape(), Shape({Shape::unknown, 3}));
}

TEST(NestedModel, IsBuiltFromWhatItIsGivenWhereItHasNoInputShape) {
  const Sequential inner({Dense(4), Dense(2)}, "inner");
  Sequential outer({Input({3}), inner});
  EXPECT_EQ(outer.predict(Tensor({1, 3}, 1.0F)).shape(), Shape({1, 2}));
}

TEST(NestedModel, SharesItsWeightsWithTheModelItIs) {
  Sequential inner = encoder();
  Sequential outer;
  outer.add(inner);
  inner.set_weights({Tensor({3, 4}, 1.0F), Tensor({4}), Tensor({4, 2}, 1.0F), Tensor({2})});
  EXPECT_THAT(outer.predict(Tensor({1, 3}, {1, 2, 3})).span(), ElementsAre(24, 24));
}

TEST(NestedModel, MayBeAppliedSeveralTimes) {
  const Sequential inner = encoder();
  const Symbol a = Input({3}, "a");
  const Symbol b = Input({3}, "b");
  Model twins({a, b}, {Subtract()({inner(a), inner(b)})});
  EXPECT_EQ(twins.count_params(), inner.count_params());
  const Tensor same({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_THAT(twins.predict(std::vector<Tensor>{same, same}).span(), ElementsAre(0, 0, 0, 0));
}

TEST(NestedModel, MayHaveSeveralOutputs) {
  const Model inner = with_two_outputs();
  const Symbol x = Input({3}, "x");
  const Symbol codes = inner(x);
  Model outer({x}, {Concatenate()({codes[0], codes[1]})}, "outer");
  EXPECT_EQ(outer.output_shape(), Shape({Shape::unknown, 6}));
  outer.set_weights({Tensor({3, 4}, 1.0F), Tensor({4}), Tensor({4, 2}, 1.0F), Tensor({2})});
  EXPECT_THAT(outer.predict(Tensor({1, 3}, {1, 2, 3})).span(), ElementsAre(6, 6, 6, 6, 24, 24));
}

TEST(NestedModel, IsTrainedAsPartOfTheOuterModel) {
  set_random_seed(1);
  Sequential inner = encoder();
  Sequential outer({inner, Dense(1)});
  outer.compile({.optimizer = "sgd", .loss = "mse"});
  const std::vector<Tensor> before = inner.get_weights();
  const Tensor x({2, 3}, {1, 2, 3, 4, 5, 6});
  const History history = outer.fit(x, Tensor({2, 1}, {1, 2}), {.epochs = 3, .verbose = 0});
  EXPECT_LT(history["loss"].back(), history["loss"].front());
  EXPECT_NE(inner.get_weights()[2][0], before[2][0]);
}

TEST(NestedModel, FrozenKeepsItsWeights) {
  Sequential inner = encoder();
  inner.set_trainable(false);
  Sequential outer({inner, Dense(1)});
  EXPECT_EQ(outer.trainable_weights().size(), 2U);
  EXPECT_FALSE(inner.layers()[0].trainable());
  outer.compile({.optimizer = "sgd", .loss = "mse"});
  const Tensor before = inner.get_weights()[0];
  outer.fit(Tensor({2, 3}, 1.0F), Tensor({2, 1}), {.verbose = 0});
  EXPECT_THAT(inner.get_weights()[0].span(), testing::ElementsAreArray(before.span()));
}

TEST(NestedModel, IsCopiedWithTheOuterModel) {
  Sequential inner = encoder();
  Sequential outer;
  outer.add(inner);
  Sequential copy = outer;
  copy.set_weights({Tensor({3, 4}), Tensor({4}), Tensor({4, 2}), Tensor({2}, 7.0F)});
  EXPECT_NE(inner.get_weights()[3][0], 7.0F);
  EXPECT_THAT(copy.predict(Tensor({1, 3}, 1.0F)).span(), ElementsAre(7, 7));
}

TEST(NestedModel, IsFoundBehindItsLayer) {
  const Sequential outer({encoder(), Dense(1)});
  const std::optional<Model> found = nested_model(outer.layers()[0]);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->layers()[1].name(), "code");
  EXPECT_FALSE(nested_model(outer.layers()[1]).has_value());
}

TEST(NestedModel, UnnamedIsNumberedAsAnyLayer) {
  const Sequential outer({Input({3}), Sequential({Dense(2)}), Sequential({Dense(2)})});
  EXPECT_EQ(outer.layers()[0].name(), "sequential");
  EXPECT_EQ(outer.layers()[1].name(), "sequential_1");
}

TEST(NestedModel, RefusesAnInputOfAnotherShape) {
  EXPECT_THROW(Sequential({Input({4}), encoder()}), Error);
}

TEST(Summary, ListsNestedLayersWhereAsked) {
  const Symbol x = Input({3}, "x");
  const Symbol codes = with_two_outputs()(x);
  const Model outer({x}, {Concatenate({.name = "joined"})({codes[0], codes[1]})}, "outer");
  // Printed by Keras 3.15.1.
  EXPECT_EQ(outer.summary_text({.expand_nested = true}), R"(Model: "outer"
┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ x (InputLayer)      │ (None, 3)         │          0 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ encoder             │ [(None, 4),       │         26 │ x[0][0]           │
│ (Functional)        │ (None, 2)]        │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│    └ pixels         │ (None, 3)         │          0 │ -                 │
│ (InputLayer)        │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│    └ hidden (Dense) │ (None, 4)         │         16 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│    └ code (Dense)   │ (None, 2)         │         10 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ joined              │ (None, 6)         │          0 │ encoder[0][0],    │
│ (Concatenate)       │                   │            │ encoder[0][1]     │
└─────────────────────┴───────────────────┴────────────┴───────────────────┘
 Total params: 26 (104.00 B)
 Trainable params: 26 (104.00 B)
 Non-trainable params: 0 (0.00 B)
)");
}

}  // namespace
}  // namespace antler
