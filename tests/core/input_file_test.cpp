#include "antler/core/input_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <thread>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"

namespace antler {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

std::string numbered(int64_t size) {
  std::string bytes(static_cast<size_t>(size), '\0');
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * i >> 7);
  return bytes;
}

TEST(InputFile, KnowsItsSize) {
  const TemporaryFolder folder;
  folder.write("file", "12345");
  EXPECT_EQ(InputFile(folder / "file").size(), 5);
}

TEST(InputFile, ReadsEveryByteOnAllThreads) {
  const TemporaryFolder folder;
  const std::string bytes = numbered(1'000'003);
  folder.write("file", bytes);
  EXPECT_TRUE(InputFile(folder / "file").read_all().text() == bytes);
}

TEST(InputFile, ReadsAPartFromItsMiddle) {
  const TemporaryFolder folder;
  folder.write("file", "0123456789");
  std::string part(4, ' ');
  InputFile(folder / "file").read(3, part);
  EXPECT_EQ(part, "3456");
}

TEST(InputFile, RefusesToReadBehindItsEnd) {
  const TemporaryFolder folder;
  folder.write("file", "0123456789");
  std::string part(4, ' ');
  EXPECT_THAT([&] { InputFile(folder / "file").read(8, part); },
              ThrowsMessage<Error>(HasSubstr("ends after")));
}

TEST(InputFile, ReadsAnEmptyFile) {
  const TemporaryFolder folder;
  folder.write("file", "");
  EXPECT_EQ(InputFile(folder / "file").read_all().size(), 0U);
}

TEST(InputFile, ReadsAPipeToItsEnd) {
  const TemporaryFolder folder;
  const std::string bytes = numbered(300'000);
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::thread writer([&] { folder.write("pipe", bytes); });
  const Bytes read = InputFile(folder / "pipe").read_all();
  writer.join();
  EXPECT_TRUE(read.text() == bytes);
}

TEST(InputFile, NamesAFileThatIsNotThere) {
  EXPECT_THAT([] { InputFile("/nowhere/file"); },
              ThrowsMessage<Error>("/nowhere/file: cannot be read: No such file or directory"));
}

TEST(InputFile, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { InputFile{folder.path()}; }, ThrowsMessage<Error>(HasSubstr("Is a directory")));
}

}  // namespace
}  // namespace antler
