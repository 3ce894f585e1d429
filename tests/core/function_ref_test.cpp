#include "antler/core/function_ref.h"

#include <gtest/gtest.h>

namespace antler {
namespace {

int twice(FunctionRef<int(int)> function, int value) {
  return function(function(value));
}

TEST(FunctionRef, CallsWhatItRefersTo) {
  int calls = 0;
  EXPECT_EQ(twice([&](int value) { return ++calls, value + 3; }, 1), 7);
  EXPECT_EQ(calls, 2);
}

TEST(FunctionRef, IsEmptyUntilItIsGivenSomething) {
  FunctionRef<void(int&)> function;
  EXPECT_FALSE(function);
  const auto increment = [](int& value) { ++value; };
  function = increment;
  EXPECT_TRUE(function);
  int value = 1;
  function(value);
  EXPECT_EQ(value, 2);
}

}  // namespace
}  // namespace antler
