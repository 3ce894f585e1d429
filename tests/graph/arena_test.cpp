#include "antler/graph/arena.h"

#include <gtest/gtest.h>

#include "antler/core/memory.h"

namespace antler::graph {
namespace {

constexpr int64_t line = alignment / sizeof(float);

TEST(Arena, GivesBuffersThatLiveAtTheSameTimePlacesOfTheirOwn) {
  std::vector<Buffer> buffers{{.floats = 2 * line, .begin = 0, .end = 2},
                              {.floats = line, .begin = 2, .end = 3}};
  EXPECT_EQ(place(buffers), 3 * line);
  EXPECT_EQ(buffers[0].offset, 0);
  EXPECT_EQ(buffers[1].offset, 2 * line);
}

TEST(Arena, LetsABufferTakeThePlaceOfOneThatIsDone) {
  std::vector<Buffer> buffers{{.floats = 4 * line, .begin = 0, .end = 1},
                              {.floats = 3 * line, .begin = 2, .end = 3},
                              {.floats = line, .begin = 2, .end = 3}};
  EXPECT_EQ(place(buffers), 4 * line);
}

TEST(Arena, FillsAGapBetweenBuffers) {
  std::vector<Buffer> buffers{{.floats = 4 * line, .begin = 0, .end = 1},
                              {.floats = 3 * line, .begin = 0, .end = 9},
                              {.floats = 2 * line, .begin = 2, .end = 9}};
  EXPECT_EQ(place(buffers), 7 * line);
}

TEST(Arena, AlignsEveryBuffer) {
  std::vector<Buffer> buffers{{.floats = 3, .begin = 0, .end = 0}, {.floats = 5, .begin = 0, .end = 0}};
  EXPECT_EQ(place(buffers) % line, 0);
  for (const Buffer& buffer : buffers) EXPECT_EQ(buffer.offset % line, 0);
  EXPECT_NE(buffers[0].offset, buffers[1].offset);
}

TEST(Arena, ExtendsALifetimeInBothDirections) {
  Buffer buffer{.floats = 1, .begin = 4, .end = 4};
  buffer.extend_to(7);
  buffer.extend_to(2);
  EXPECT_EQ(buffer.begin, 2);
  EXPECT_EQ(buffer.end, 7);
}

}  // namespace
}  // namespace antler::graph
