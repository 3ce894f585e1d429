#include "antler/saving/zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"

namespace antler::saving {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

std::string two_members() {
  return zip_bytes({{"first.txt", "one one one"}, {"second.txt", "two"}});
}

std::string read(std::string_view bytes, std::string_view member) {
  const TemporaryFolder folder;
  folder.write("a.zip", bytes);
  return std::string(ZipArchive(folder / "a.zip").read(member).text());
}

void expect_error(std::string_view bytes, const std::string& part, std::string_view member = "first.txt") {
  EXPECT_THAT([&] { read(bytes, member); },
              ThrowsMessage<Error>(testing::AllOf(HasSubstr("a.zip"), HasSubstr(part))));
}

// `bytes` with `number` little endian at `at`.
std::string patched(std::string bytes, size_t at, uint64_t number, int size) {
  for (int i = 0; i < size; ++i)
    bytes.at(at + static_cast<size_t>(i)) = static_cast<char>(number >> (8 * i) & 0xff);
  return bytes;
}

// Where the directory's entry of `name` begins.
size_t entry(const std::string& bytes, const std::string& name) {
  return bytes.rfind(name) - 46;
}

// What Python's zipfile makes with ZIP_DEFLATED of a member "first.txt" of 40 letters a: the bytes behind
// its name.
constexpr std::string_view packed("KL$\x0e\x00\x00", 6);

std::string deflated(uint64_t size) {
  std::string bytes = zip_bytes({{"first.txt", std::string(packed)}});
  const size_t at = entry(bytes, "first.txt");
  bytes = patched(bytes, at + 10, 8, 2);
  bytes = patched(bytes, at + 16, 0xc95b8a25, 4);
  return patched(bytes, at + 24, size, 4);
}

TEST(Zip, GivesMembersBack) {
  EXPECT_EQ(read(two_members(), "first.txt"), "one one one");
  EXPECT_EQ(read(two_members(), "second.txt"), "two");
}

TEST(Zip, MayHaveACommentAtItsEnd) {
  const std::string bytes = two_members();
  EXPECT_EQ(read(patched(bytes, bytes.size() - 2, 5, 2) + "hello", "second.txt"), "two");
}

TEST(Zip, GivesTheSameBytesForTheSameMembers) {
  EXPECT_EQ(two_members(), two_members());
}

TEST(Zip, UnpacksDeflate) {
  EXPECT_EQ(read(deflated(40), "first.txt"), std::string(40, 'a'));
}

TEST(Zip, RefusesAMemberThatUnpacksToAnotherSizeThanItClaims) {
  expect_error(deflated(39), "does not unpack to the 39 bytes");
  expect_error(deflated(41), "does not unpack to the 41 bytes");
}

TEST(Zip, RefusesABombBeforeItAsksForMemory) {
  expect_error(deflated(uint64_t{3} << 30), "more than 100 times its size");
}

TEST(Zip, RefusesAWrongChecksum) {
  std::string bytes = two_members();
  bytes.at(bytes.find("one one")) = 'X';
  expect_error(bytes, "'first.txt' is damaged: its checksum is wrong");
}

TEST(Zip, RefusesTwoMembersOfOneName) {
  expect_error(zip_bytes({{"first.txt", "a"}, {"first.txt", "b"}}), "two members 'first.txt'");
}

TEST(Zip, RefusesMembersThatShareBytes) {
  const std::string bytes = two_members();
  const std::string longer = patched(bytes, entry(bytes, "first.txt") + 20, 40, 4);
  expect_error(patched(longer, entry(bytes, "first.txt") + 24, 40, 4), "share bytes");
}

TEST(Zip, RefusesEncryptionAndOtherPackers) {
  const std::string bytes = two_members();
  expect_error(patched(bytes, entry(bytes, "first.txt") + 8, 1, 2), "encrypted");
  expect_error(patched(bytes, entry(bytes, "first.txt") + 10, 12, 2), "method 12");
}

TEST(Zip, RefusesAMemberThatLiesOutside) {
  const std::string bytes = two_members();
  expect_error(patched(bytes, entry(bytes, "second.txt") + 42, 1 << 30, 4), "outside of the archive");
  expect_error(patched(bytes, entry(bytes, "second.txt") + 42, 3, 4), "not where the directory says");
}

TEST(Zip, RefusesAFileCutShortAnywhere) {
  const std::string whole = two_members();
  const TemporaryFolder folder;
  for (size_t length = 0; length < whole.size(); ++length) {
    folder.write("a.zip", whole.substr(0, length));
    EXPECT_THROW(ZipArchive(folder / "a.zip"), Error) << length;
  }
}

TEST(Zip, NamesAMemberThatIsMissing) {
  expect_error(two_members(), "no member 'third.txt'", "third.txt");
}

}  // namespace
}  // namespace antler::saving
