#include "antler/visual/table.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"

namespace antler::visual {
namespace {

// The expected tables are rich's, as Keras 3.15.1 makes it draw them.

TEST(Table, LooksAsRichDrawsIt) {
  Table table({{"Layer (type)", 34}, {"Output Shape", 26}, {"Param #", 16, true}}, 76);
  table.add_row({"conv2d (Conv2D)", "(None, 26, 26, 32)", "320"});
  table.add_row({"batch_normalization (BatchNormalization)", "(None, 26, 26, 32)", "104"});
  EXPECT_EQ(table.text(), R"(
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ conv2d (Conv2D)                 │ (None, 26, 26, 32)     │           320 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ batch_normalization             │ (None, 26, 26, 32)     │           104 │
│ (BatchNormalization)            │                        │               │
└─────────────────────────────────┴────────────────────────┴───────────────┘
)" + 1);
}

TEST(Table, CutsWordsThatAreTooWideAndPutsHeadsAtTheBottom) {
  Table table({{"Layer (type)", 18}, {"Output Shape", 14}, {"Param #", 8, true}}, 40);
  table.add_row({"batch_normalization_5 (BatchNormalization)", "(None, 26, 26, 32)", "104"});
  EXPECT_EQ(table.text(), R"(
┏━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━┓
┃                 ┃ Output     ┃ Param ┃
┃ Layer (type)    ┃ Shape      ┃     # ┃
┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━┩
│ batch_normaliz… │ (None, 26, │   104 │
│ (BatchNormaliz… │ 26, 32)    │       │
└─────────────────┴────────────┴───────┘
)" + 1);
}

TEST(Table, MayHaveNoRows) {
  EXPECT_EQ(Table({{"a", 3}}, 7).text(), "┏━━━━━┓\n┃ a   ┃\n┡━━━━━┩\n└─────┘\n");
}

TEST(Table, RefusesARowWithTooFewCells) {
  Table table({{"a", 3}, {"b", 3}}, 20);
  EXPECT_THROW(table.add_row({"one"}), Error);
}

}  // namespace
}  // namespace antler::visual
