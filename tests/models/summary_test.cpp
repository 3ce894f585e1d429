#include <gtest/gtest.h>

#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "antler/models/summary_text.h"

namespace antler {
namespace {

// The expected tables were printed by Keras 3.15.1.

using namespace layers;

TEST(Summary, OfAFunctionalModelTellsWhatIsConnected) {
  const Symbol image = Input({8, 8, 3}, "image");
  const std::string name = "a_rather_long_layer_name_that_must_be_wrapped_somewhere";
  const Symbol x = Conv2D(4, {.kernel_size = 3, .padding = "same", .name = name})(image);
  const Model model({image}, {Dense(12345)(x), Flatten()(x)});
  EXPECT_EQ(model.summary_text(), R"(Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ image (InputLayer)  │ (None, 8, 8, 3)   │          0 │ -                 │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ a_rather_long_laye… │ (None, 8, 8, 4)   │        112 │ image[0][0]       │
│ (Conv2D)            │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ dense (Dense)       │ (None, 8, 8,      │     61,725 │ a_rather_long_la… │
│                     │ 12345)            │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ flatten (Flatten)   │ (None, 256)       │          0 │ a_rather_long_la… │
└─────────────────────┴───────────────────┴────────────┴───────────────────┘
 Total params: 61,837 (241.55 KB)
 Trainable params: 61,837 (241.55 KB)
 Non-trainable params: 0 (0.00 B)
)");
}

TEST(Summary, OfASharedLayerTellsAllItsInputs) {
  const Symbol image = Input({8}, "image");
  const Layer twice = Dense(8, {.name = "twice"});
  const Model model({image}, {Dense(3, {.name = "dense_4"})(twice(twice(image)))});
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
  model.add(Dense(3, {.name = "dense"}));
  model.add(Activation("relu", {.name = "activation"}));
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
