#include <gtest/gtest.h>

#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "antler/models/summary_text.h"

namespace antler {
namespace {

// The expected tables were printed by Keras 3.15.1.

using namespace layers;

TEST(Summary, OfAFunctionalModelTellsWhatIsConnected) {
  const Model model("functional",
                    {{Input({8, 8, 3}, "image"), {}},
                     {Conv2D(4, {.kernel_size = 3,
                                 .padding = "same",
                                 .name = "a_rather_long_layer_name_that_must_be_wrapped_somewhere"}),
                      {0}},
                     {Conv2D(4, {.kernel_size = 3, .padding = "same", .name = "conv2d_3"}), {0}},
                     {Add(), {1, 2}},
                     {Dense(7, {.name = "dense_2"}), {3}},
                     {Flatten(), {4}},
                     {Dense(12345, {.name = "dense_3"}), {5}}},
                    {0}, {6});
  EXPECT_EQ(model.summary_text(), R"(Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ image (InputLayer)  │ (None, 8, 8, 3)   │          0 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ a_rather_long_laye… │ (None, 8, 8, 4)   │        112 │ image[0][0]       │
│ (Conv2D)            │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ conv2d_3 (Conv2D)   │ (None, 8, 8, 4)   │        112 │ image[0][0]       │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ add (Add)           │ (None, 8, 8, 4)   │          0 │ a_rather_long_la… │
│                     │                   │            │ conv2d_3[0][0]    │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ dense_2 (Dense)     │ (None, 8, 8, 7)   │         35 │ add[0][0]         │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ flatten (Flatten)   │ (None, 448)       │          0 │ dense_2[0][0]     │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ dense_3 (Dense)     │ (None, 12345)     │  5,542,905 │ flatten[0][0]     │
└─────────────────────┴───────────────────┴────────────┴───────────────────┘
 Total params: 5,543,164 (21.15 MB)
 Trainable params: 5,543,164 (21.15 MB)
 Non-trainable params: 0 (0.00 B)
)");
}

TEST(Summary, OfASharedLayerTellsAllItsInputs) {
  const Layer twice = Dense(8, {.name = "twice"});
  const Model model(
      "functional",
      {{Input({8}, "image"), {}}, {twice, {0}}, {twice, {1}}, {Dense(3, {.name = "dense_4"}), {2}}}, {0},
      {3});
  EXPECT_EQ(model.summary_text(), R"(Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ image (InputLayer)  │ (None, 8)         │          0 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ twice (Dense)       │ (None, 8)         │         72 │ image[0][0],      │
│                     │                   │            │ twice[0][0]       │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ dense_4 (Dense)     │ (None, 3)         │         27 │ twice[1][0]       │
└─────────────────────┴───────────────────┴────────────┴───────────────────┘
 Total params: 99 (396.00 B)
 Trainable params: 99 (396.00 B)
 Non-trainable params: 0 (0.00 B)
)");
}

TEST(Summary, OfAModelWithoutInputShapeSaysSo) {
  Sequential model;
  model.add(Dense(3));
  model.add(Activation("relu"));
  EXPECT_EQ(model.summary_text(), R"(Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ dense (Dense)                   │ ?                      │   0 (unbuilt) │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ activation (Activation)         │ ?                      │             0 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 0 (0.00 B)
 Trainable params: 0 (0.00 B)
 Non-trainable params: 0 (0.00 B)
)");
}

TEST(Summary, OfATrainedModelCountsTheOptimizersNumbersApart) {
  Sequential model({Input({1000}), Dense(20000), Dense(2)});
  model.compile({.optimizer = "rmsprop", .loss = "mse"});
  model.fit(Tensor({1, 1000}), Tensor({1, 2}), {.verbose = 0});
  const std::string text = model.summary_text();
  EXPECT_NE(text.find(" Total params: 20,060,002 (76.52 MB)\n"), std::string::npos) << text;
  EXPECT_NE(text.find(" Optimizer params: 20,060,004 (76.52 MB)\n"), std::string::npos) << text;
}

TEST(Summary, FillsAWideTerminal) {
  const Sequential model({Input({4}), Dense(3)});
  EXPECT_EQ(summary_text(model, 100), R"(Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━┓
┃ Layer (type)                         ┃ Output Shape                ┃         Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━┩
│ dense (Dense)                        │ (None, 3)                   │              15 │
└──────────────────────────────────────┴─────────────────────────────┴─────────────────┘
 Total params: 15 (60.00 B)
 Trainable params: 15 (60.00 B)
 Non-trainable params: 0 (0.00 B)
)");
}

}  // namespace
}  // namespace antler
