#include "antler/data/idx.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"
#include "tests/data/gzipped.h"

namespace antler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// (2, 1, 3)
const std::string file("\0\0\x08\x03\0\0\0\x02\0\0\0\x01\0\0\0\x03\x00\x01\x02\xfd\xfe\xff", 22);

class ReadIdx : public ::testing::Test {
 protected:
  Tensor read(const std::string& bytes) {
    folder_.write("array", bytes);
    return read_idx(folder_ / "array");
  }
  std::string complaint(const std::string& bytes) {
    try {
      read(bytes);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  TemporaryFolder folder_;
};

TEST_F(ReadIdx, GivesShapeAndBytes) {
  const Tensor array = read(file);
  EXPECT_EQ(array.shape(), Shape({2, 1, 3}));
  EXPECT_THAT(array.span(), ElementsAre(0, 1, 2, 253, 254, 255));
}

TEST_F(ReadIdx, UnpacksGzip) {
  EXPECT_EQ(read(testing::gzipped(file)).shape(), Shape({2, 1, 3}));
}

TEST_F(ReadIdx, RefusesOtherFiles) {
  EXPECT_THAT(complaint(""), HasSubstr("is no IDX file"));
  EXPECT_THAT(complaint("label,pixel0\n"), HasSubstr("is no IDX file"));
  EXPECT_THAT(complaint(std::string("\0\0\x0d\x01\0\0\0\x01....", 12)), HasSubstr("elements of type 0x0d"));
  EXPECT_THAT(complaint(std::string("\0\0\x08\0", 4)), HasSubstr("has 0 axes"));
}

TEST_F(ReadIdx, RefusesASizeThatIsNotTheHeaders) {
  EXPECT_THAT(complaint(file.substr(0, 10)), HasSubstr("ends within the IDX header"));
  EXPECT_THAT(complaint(file.substr(0, 21)), HasSubstr("has 5 bytes of elements; its header says (2, 1, 3)"));
  EXPECT_THAT(complaint(file + "x"), HasSubstr("has 7 bytes"));
  EXPECT_THAT(complaint(std::string(
                  "\0\0\x08\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 20)),
              HasSubstr("has 0 bytes"));
}

}  // namespace
}  // namespace antler
