#include "antler/core/memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "antler/core/error.h"

namespace antler {
namespace {

bool is_aligned(const AlignedFloats& floats) {
  return reinterpret_cast<uintptr_t>(floats.get()) % alignment == 0;
}

TEST(AllocateFloats, AlignsSmallAndLargeMemory) {
  EXPECT_TRUE(is_aligned(allocate_floats(0)));
  EXPECT_TRUE(is_aligned(allocate_floats(3)));
  EXPECT_TRUE(is_aligned(allocate_floats(3'000'001)));
}

TEST(AllocateFloats, RefusesWhatNoMachineHas) {
  EXPECT_THROW(allocate_floats(-1), Error);
  EXPECT_THROW(allocate_floats(INT64_MAX), Error);
}

TEST(Bytes, AreFollowedByZeros) {
  Bytes bytes(5);
  std::memset(bytes.data(), 'x', 5);
  bytes.resize(3);
  const char* padding = bytes.data() + 3;
  EXPECT_TRUE(std::all_of(padding, padding + Bytes::padding, [](char byte) { return byte == 0; }));
}

TEST(Bytes, KeepWhatTheyHoldWhenTheyGrow) {
  Bytes bytes(3);
  std::memcpy(bytes.data(), "abc", 3);
  bytes.reserve(10'000'000);
  EXPECT_EQ(bytes.text(), "abc");
  EXPECT_EQ(bytes.capacity(), 10'000'000U);
}

TEST(Bytes, AreEmptyAtFirst) {
  EXPECT_EQ(Bytes().text(), "");
}

TEST(Bytes, RefuseASizeThatNoMachineHas) {
  EXPECT_THROW(Bytes(SIZE_MAX), Error);
}

}  // namespace
}  // namespace antler
