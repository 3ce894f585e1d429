#include "antler/core/snake_case.h"

#include <gtest/gtest.h>

namespace antler {
namespace {

TEST(SnakeCase, SpellsClassesAsKerasDoes) {
  EXPECT_EQ(snake_case("Dense"), "dense");
  EXPECT_EQ(snake_case("Conv2DTranspose"), "conv2d_transpose");
  EXPECT_EQ(snake_case("MaxPooling2D"), "max_pooling2d");
  EXPECT_EQ(snake_case("PReLU"), "p_re_lu");
  EXPECT_EQ(snake_case("ELU"), "elu");
}

}  // namespace
}  // namespace antler
