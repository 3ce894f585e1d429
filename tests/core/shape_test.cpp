#include "antler/core/shape.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"

namespace antler {
namespace {

TEST(Shape, PrintsAsAPythonTuple) {
  EXPECT_EQ(Shape({Shape::unknown, 28, 28, 1}).to_string(), "(None, 28, 28, 1)");
  EXPECT_EQ(Shape({10}).to_string(), "(10,)");
  EXPECT_EQ(Shape().to_string(), "()");
}

TEST(Shape, RefusesASizeThatOverflows) {
  EXPECT_THROW(Shape({int64_t{1} << 40, int64_t{1} << 40}).size(), Error);
}

}  // namespace
}  // namespace antler
