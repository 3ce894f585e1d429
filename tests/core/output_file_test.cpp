#include "antler/core/output_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"

namespace antler {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

int64_t files_in(const TemporaryFolder& folder) {
  return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
}

TEST(OutputFile, AppearsWhenItIsCommitted) {
  const TemporaryFolder folder;
  OutputFile file(folder / "file");
  file.write("one, ");
  file.write("two");
  EXPECT_FALSE(fs::exists(folder / "file"));
  file.commit();
  EXPECT_EQ(folder.read("file"), "one, two");
  EXPECT_EQ(files_in(folder), 1);
}

TEST(OutputFile, LeavesTheOldFileUnlessCommitted) {
  const TemporaryFolder folder;
  folder.write("file", "old");
  OutputFile(folder / "file").write("new");
  EXPECT_EQ(folder.read("file"), "old");
  EXPECT_EQ(files_in(folder), 1);
}

TEST(OutputFile, KeepsThePermissionsOfTheOldFile) {
  const TemporaryFolder folder;
  folder.write("file", "old");
  fs::permissions(folder / "file", fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
  write_file(folder / "file", "new");
  EXPECT_EQ(fs::status(folder / "file").permissions(),
            fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
}

TEST(OutputFile, ReplacesTheTargetOfALinkAndNotTheLink) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "elsewhere");
  folder.write("elsewhere/file", "old");
  fs::create_symlink("elsewhere/file", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(folder.read("elsewhere/file"), "new");
}

TEST(OutputFile, MakesTheMissingTargetOfALink) {
  const TemporaryFolder folder;
  fs::create_symlink("file", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(folder.read("file"), "new");
}

TEST(OutputFile, RefusesLinksInACircle) {
  const TemporaryFolder folder;
  fs::create_symlink("b", folder / "a");
  fs::create_symlink("a", folder / "b");
  EXPECT_THAT([&] { OutputFile{folder / "a"}; }, ThrowsMessage<Error>(HasSubstr("symbolic links")));
}

TEST(OutputFile, ReportsAFullDisk) {
  EXPECT_THAT([] { write_file("/dev/full", "text"); },
              ThrowsMessage<Error>("/dev/full: cannot be written: No space left on device"));
}

TEST(OutputFile, WritesToADeviceDirectly) {
  write_file("/dev/null", "text");
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
}

TEST(OutputFile, WritesToAnOpenPipe) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  write_file("/proc/self/fd/" + std::to_string(ends[1]), "text");
  char read_back[4] = {};
  EXPECT_EQ(read(ends[0], read_back, 4), 4);
  EXPECT_EQ(std::string(read_back, 4), "text");
  close(ends[0]);
  close(ends[1]);
}

TEST(OutputFile, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { OutputFile{folder.path()}; }, ThrowsMessage<Error>(HasSubstr("Is a directory")));
}

TEST(OutputFile, RefusesAFolderThatIsNotThere) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { OutputFile{folder / "nowhere/file"}; },
              ThrowsMessage<Error>(HasSubstr("nowhere/file: cannot be written: No such file or directory")));
}

// Below /proc not even root may make files.
TEST(OutputFile, RefusesAFolderThatCannotBeWritten) {
  EXPECT_THAT([&] { OutputFile{"/proc/file"}; },
              ThrowsMessage<Error>(HasSubstr("/proc/file: cannot be written")));
}

TEST(OutputFile, RefusesAPathThroughAFile) {
  const TemporaryFolder folder;
  folder.write("file", "old");
  EXPECT_THAT([&] { OutputFile{folder / "file/below"}; }, ThrowsMessage<Error>(HasSubstr("Not a directory")));
}

}  // namespace
}  // namespace antler
