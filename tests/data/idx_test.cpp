#include "antler/data/idx.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"
#include "tests/data/gzipped.h"

namespace antler {
namespace {

using namespace std::string_literals;  // NOLINT(google-build-using-namespace): text with zero bytes

Tensor idx_of(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("array.idx", bytes);
  return read_idx(folder / "array.idx");
}

const std::string two_by_three = "\0\0\x08\x02\0\0\0\x02\0\0\0\x03"s;

TEST(ReadIdx, GivesBytesAsTheyAre) {
  const Tensor values = idx_of(two_by_three + "\0\x01\x02\x80\xFE\xFF"s);
  EXPECT_EQ(values.shape(), Shape({2, 3}));
  const float expected[] = {0, 1, 2, 128, 254, 255};
  for (int64_t i = 0; i < 6; ++i) EXPECT_EQ(values[i], expected[i]);
}

TEST(ReadIdx, UnpacksGzip) {
  EXPECT_EQ(idx_of(testing::gzipped(two_by_three + "\0\0\0\0\0\x07"s))[5], 7.0F);
}

TEST(ReadIdx, KnowsEveryTypeOfTheFormat) {
  const std::string one = "\x01\0\0\0\x01"s;  // an axis of one
  EXPECT_EQ(idx_of("\0\0\x09"s + one + "\xFF"s)[0], -1.0F);
  EXPECT_EQ(idx_of("\0\0\x0B"s + one + "\xFF\xFE"s)[0], -2.0F);
  EXPECT_EQ(idx_of("\0\0\x0C"s + one + "\0\x01\0\0"s)[0], 65536.0F);
  EXPECT_EQ(idx_of("\0\0\x0D"s + one + "\xBF\xC0\0\0"s)[0], -1.5F);
  EXPECT_EQ(idx_of("\0\0\x0E"s + one + "\x3F\xE0\0\0\0\0\0\0"s)[0], 0.5F);
}

TEST(ReadIdx, RefusesWhatIsNoIdxFile) {
  EXPECT_THROW(idx_of(""), Error);
  EXPECT_THROW(idx_of("label,pixel0\n"), Error);
  EXPECT_THROW(idx_of("\0\0\x07\x01\0\0\0\x01\0"s), Error);
}

TEST(ReadIdx, HoldsWhatTheHeaderClaimsAgainstTheFile) {
  EXPECT_THROW(idx_of(two_by_three + "12345"), Error);
  EXPECT_THROW(idx_of(two_by_three + "1234567"), Error);
  EXPECT_THROW(idx_of("\0\0\x08\xFF"s), Error);
  const std::string huge = "\xFF\xFF\xFF\xFF"s;
  EXPECT_THROW(idx_of("\0\0\x0E\x04"s + huge + huge + huge + huge), Error);
}

TEST(ReadIdx, ReadsAnArrayWithoutRows) {
  EXPECT_EQ(idx_of("\0\0\x08\x02\0\0\0\0\xFF\xFF\xFF\xFF"s).size(), 0);
}

}  // namespace
}  // namespace antler
