#include "antler/data/gzip.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"
#include "tests/data/gzipped.h"

namespace antler {
namespace {

using testing::gzipped;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

auto complains(const std::string& text) {
  return ThrowsMessage<Error>(HasSubstr("file.gz: " + text));
}

std::string unpacked(const std::string& packed) {
  return std::string(gunzip(packed, "file.gz").text());
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919 % 1000) + ",";
  return text;
}

TEST(Gunzip, UnpacksWhatZlibPacked) {
  EXPECT_EQ(unpacked(gzipped("text")), "text");
  EXPECT_TRUE(unpacked(gzipped(long_text())) == long_text());
}

TEST(Gunzip, UnpacksNothing) {
  EXPECT_EQ(unpacked(gzipped("")), "");
}

TEST(Gunzip, UnpacksAllMembers) {
  EXPECT_EQ(unpacked(gzipped("one, ") + gzipped("") + gzipped("two")), "one, two");
  EXPECT_TRUE(unpacked(gzipped(long_text()) + gzipped("two")) == long_text() + "two");
}

TEST(Gunzip, IgnoresZerosAtTheEnd) {
  EXPECT_EQ(unpacked(gzipped("text") + std::string(512, '\0')), "text");
}

TEST(Gunzip, RefusesOtherBytesAtTheEnd) {
  EXPECT_THAT([] { unpacked(gzipped("text") + "more"); }, complains("bytes that are no gzip follow"));
}

TEST(Gunzip, RefusesDataCutAnywhere) {
  const std::string packed = gzipped("text, text, text and no more than text");
  for (size_t length = 2; length < packed.size(); ++length) {
    EXPECT_THAT([&] { unpacked(packed.substr(0, length)); }, complains("the gzip data is cut short"))
        << length;
  }
}

TEST(Gunzip, RefusesDataWithAChangedByte) {
  std::string packed = gzipped(long_text());
  packed[packed.size() / 2] ^= 1;
  EXPECT_THAT([&] { unpacked(packed); }, complains("the gzip data is damaged"));
}

TEST(Gunzip, RefusesAWrongChecksum) {
  std::string packed = gzipped("text");
  packed[packed.size() - 8] ^= 1;
  EXPECT_THAT([&] { unpacked(packed); }, complains("the gzip data is damaged: its checksum is wrong"));
}

TEST(Gunzip, RefusesAWrongLength) {
  std::string packed = gzipped("text");
  packed[packed.size() - 4] ^= 1;
  EXPECT_THAT([&] { unpacked(packed); }, complains("the gzip data is damaged"));
}

TEST(Gunzip, RefusesToUnpackMoreThanTheLimit) {
  const std::string packed = gzipped(std::string(5 << 20, 'a'));
  EXPECT_THAT([&] { gunzip(packed, "file.gz", 2 << 20); }, complains("unpacks to more than 2 MB"));
  EXPECT_EQ(gunzip(packed, "file.gz", 5 << 20).size(), 5U << 20);
}

TEST(ReadUnpacked, TellsGzipByItsContent) {
  const TemporaryFolder folder;
  folder.write("packed", gzipped("text"));
  folder.write("plain.gz", "text");
  EXPECT_EQ(read_unpacked(folder / "packed").text(), "text");
  EXPECT_EQ(read_unpacked(folder / "plain.gz").text(), "text");
}

}  // namespace
}  // namespace antler
