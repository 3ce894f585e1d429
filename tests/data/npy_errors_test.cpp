#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/data/npy.h"
#include "antler/data/npy_header.h"
#include "tests/core/temporary_folder.h"
#include "tests/data/npy_bytes.h"

namespace antler {
namespace {

using ::testing::HasSubstr;
using testing::npy_bytes;

// What an Error says behind the name of the file.
std::string complaint(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("file.npy", bytes);
  try {
    read_npy(folder / "file.npy");
  } catch (const Error& error) {
    const std::string text = error.what();
    const std::string name = (folder / "file.npy").string() + ": ";
    return text.starts_with(name) ? text.substr(name.size()) : "no file named: " + text;
  }
  return "nothing";
}

TEST(NpyError, TellsFilesOfAnotherKind) {
  for (const std::string bytes : {"", "\x93NUM", "PK\3\4 an .npz file", "1,2\n3,4\n"}) {
    EXPECT_EQ(complaint(bytes), "is no .npy file: it does not begin as NumPy's files do");
  }
}

TEST(NpyError, TellsAVersionToCome) {
  EXPECT_EQ(complaint("\x93NUMPY\4"), "has version 4 of the .npy format; expected 1 to 3");
}

TEST(NpyError, TellsAFileThatEndsWithinItsHeader) {
  const std::string bytes = npy_bytes("|u1", "False", "(2,)", "");
  for (const size_t length : {7U, 8U, 9U, 10U, 50U, 127U}) {
    EXPECT_NE(complaint(bytes.substr(0, length)), "nothing") << length;
  }
  EXPECT_EQ(complaint(bytes.substr(0, 127)), "ends within the .npy header");
  EXPECT_EQ(complaint("\x93NUMPY" + std::string("\2\0\xff\xff\xff\xff{}", 8)), "ends within the .npy header");
}

TEST(NpyError, TellsTooFewOrTooManyElements) {
  EXPECT_EQ(complaint(npy_bytes("<f4", "False", "(2, 3)", "1234")),
            "has 4 bytes of elements; expected 24 for the shape (2, 3) of '<f4'");
  EXPECT_EQ(complaint(npy_bytes("|u1", "False", "(3,)", "1234")),
            "has 4 bytes of elements; expected 3 for the shape (3,) of '|u1'");
}

TEST(NpyError, RefusesAHugeShapeBeforeAllocatingMemory) {
  EXPECT_EQ(complaint(npy_bytes("<f4", "False", "(1000000, 1000000)", "1234")),
            "has 4 bytes of elements; expected 4000000000000 for the shape (1000000, 1000000) of '<f4'");
  EXPECT_EQ(complaint(npy_bytes("<f4", "False", "(4611686018427387904, 4)", "")),
            "its shape (4611686018427387904, 4) is too large");
  EXPECT_THAT(complaint(npy_bytes("<f4", "False", "(99999999999999999999,)", "")), HasSubstr(".npy header"));
}

TEST(NpyError, RefusesElementsThatAreNoNumbers) {
  for (const std::string descr : {"|O", "<U5", "|S3", "<c8", "<M8[s]", "|V4", "<f16", "f4", "=f4", "", "<"}) {
    EXPECT_THAT(complaint(npy_bytes(descr, "False", "(1,)", "12345678")),
                HasSubstr("has elements of the type '" + descr + "'; expected booleans"));
  }
}

TEST(NpyError, RefusesHeadersThatNumpyDoesNotWrite) {
  const std::string descr = "'descr': '|u1', ";
  const std::string order = "'fortran_order': False, ";
  const std::string shape = "'shape': (1,), ";
  for (const std::string& dict :
       {std::string("{}"), "{" + descr + order + "}", "{" + descr + shape + "}", "{" + order + shape + "}",
        "{" + descr + descr + order + shape + "}", "{" + descr + order + shape + "'more': 1}",
        "{" + descr + order + shape, descr + order + shape + "}", "{" + descr + order + shape + "} more",
        "{'descr': [('a', '|u1')], " + order + shape + "}", "{" + descr + order + "'shape': (-1,)}",
        "{" + descr + order + "'shape': (1.0,)}", "{" + descr + order + "'shape': 1}",
        "{" + descr + order + "'shape': (1 1)}", "{" + descr + "'fortran_order': 0, " + shape + "}",
        std::string("{'descr': '|u1"), std::string("__import__('os')")}) {
    EXPECT_THAT(complaint(npy_bytes(dict, "1")), HasSubstr(".npy header is not one")) << dict;
  }
}

TEST(NpyError, RefusesMoreAxesThanAShapeHas) {
  EXPECT_EQ(complaint(npy_bytes("|u1", "False", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", "1")),
            "has 9 axes; at most 8 are supported");
}

TEST(NpyError, NamesAFileThatIsNotThere) {
  EXPECT_THAT(
      [] { read_npy("/nowhere/file.npy"); },
      ::testing::ThrowsMessage<Error>("/nowhere/file.npy: cannot be read: No such file or directory"));
}

TEST(NpyHeader, GrowsByAWholeUnitWhereNumpysDoes) {
  const std::string header =
      format_npy_header({"<f4", true, Shape({7201790507, 49268286984, 3250889, 462007, 568353})});
  EXPECT_EQ(header.size(), 192U);
  EXPECT_EQ(header.substr(127), std::string(64, ' ') + "\n");
}

}  // namespace
}  // namespace antler
