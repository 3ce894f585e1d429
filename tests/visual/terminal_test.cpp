#include "antler/visual/terminal.h"

#include <gtest/gtest.h>

namespace antler::visual {
namespace {

TEST(Terminal, CountsCharactersAndNotBytes) {
  EXPECT_EQ(columns("━ü…a"), 4);
}

TEST(Terminal, CountsNoColours) {
  EXPECT_EQ(columns("\x1b[1m7/7\x1b[0m ━"), 5);
}

TEST(Terminal, CutsBetweenCharacters) {
  EXPECT_EQ(characters("aü━b", 1, 3), "ü━");
}

}  // namespace
}  // namespace antler::visual
