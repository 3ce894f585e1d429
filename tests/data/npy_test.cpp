#include "antler/data/npy.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "antler/core/error.h"
#include "tests/core/temporary_folder.h"
#include "tests/data/npy_bytes.h"

namespace antler {
namespace {

using namespace std::string_view_literals;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using testing::npy_bytes;

Tensor tensor_of(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("file.npy", bytes);
  return read_npy(folder / "file.npy");
}

// Three numbers as numpy.save wrote them.
struct Saved {
  std::string descr;
  std::string_view bytes;
  std::vector<float> numbers;
};

class NpyElements : public ::testing::TestWithParam<Saved> {};

TEST_P(NpyElements, AreReadAsFloats) {
  const Tensor tensor = tensor_of(npy_bytes(GetParam().descr, "False", "(3,)", GetParam().bytes));
  EXPECT_EQ(tensor.shape(), Shape({3}));
  EXPECT_THAT(tensor.span(), ElementsAreArray(GetParam().numbers));
}

INSTANTIATE_TEST_SUITE_P(
    Npy, NpyElements,
    ::testing::ValuesIn(std::vector<Saved>{
        {"|b1", "\000\001\001"sv, {0, 1, 1}},
        {"|i1", "\200\000\177"sv, {-128, 0, 127}},
        {"|u1", "\000\007\377"sv, {0, 7, 255}},
        {"<i2", "\000\200\001\000,\001"sv, {-32768, 1, 300}},
        {">i2", "\200\000\000\001\001,"sv, {-32768, 1, 300}},
        {"<u2", "\000\000\001\000\377\377"sv, {0, 1, 65535}},
        {">u2", "\000\000\000\001\377\377"sv, {0, 1, 65535}},
        {"<i4", "\220\356\376\377\001\000\000\000\000\000\000@"sv, {-70000, 1, 0x1p30F}},
        {">i4", "\377\376\356\220\000\000\000\001@\000\000\000"sv, {-70000, 1, 0x1p30F}},
        {"<u4", "\000\000\000\000\001\000\000\000\000\000\000\200"sv, {0, 1, 0x1p31F}},
        {">u4", "\000\000\000\000\000\000\000\001\200\000\000\000"sv, {0, 1, 0x1p31F}},
        {"<i8",
         "\377\377\377\377\377\377\377\377\000\000\000\000\000\001\000\000\003\000\000\000\000\000\000\000"sv,
         {-1, 0x1p40F, 3}},
        {">i8",
         "\377\377\377\377\377\377\377\377\000\000\001\000\000\000\000\000\000\000\000\000\000\000\000\003"sv,
         {-1, 0x1p40F, 3}},
        {"<u8",
         "\000\000\000\000\000\000\000\000\001\000\000\000\000\000\000\000\000\000\000\000\000\000\000\200"sv,
         {0, 1, 0x1p63F}},
        {">u8",
         "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\001\200\000\000\000\000\000\000\000"sv,
         {0, 1, 0x1p63F}},
        {"<f2", "\000>\000\264\377{"sv, {1.5F, -0.25F, 65504}},
        {">f2", ">\000\264\000{\377"sv, {1.5F, -0.25F, 65504}},
        {"<f4", "\000\000\300\077\315\314\314\275\312\362Iq"sv, {1.5F, -0.1F, 1e30F}},
        {">f4", "\077\300\000\000\275\314\314\315qI\362\312"sv, {1.5F, -0.1F, 1e30F}},
        {"<f8",
         "\000\000\000\000\000\000\370\077\232\231\231\231\231\231\271\277\352\214\2409Y>)F"sv,
         {1.5F, -0.1F, 1e30F}},
        {">f8",
         "\077\370\000\000\000\000\000\000\277\271\231\231\231\231\231\232F)>Y9\240\214\352"sv,
         {1.5F, -0.1F, 1e30F}},
    }),
    [](const auto& test) {
      const std::string& descr = test.param.descr;
      return std::string(descr[0] == '<' ? "Little" : descr[0] == '>' ? "Big" : "Single") + descr.substr(1);
    });

TEST(Npy, ReadsHalvesOfEveryKind) {
  const Tensor tensor =
      tensor_of(npy_bytes("<f2", "False", "(9,)", "\0\0\0\200\1\0\377\3\0\4\0|\0\374\0~U5"sv));
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_THAT(tensor.span(), ElementsAre(0.0F, -0.0F, 0x1p-24F, 1023 * 0x1p-24F, 0x1p-14F, infinity,
                                         -infinity, ::testing::IsNan(), 1365 * 0x1p-12F));
  EXPECT_TRUE(std::signbit(tensor[1]));
}

TEST(Npy, ReadsFortransOrder) {
  const Tensor tensor = tensor_of(npy_bytes("<i2", "True", "(2, 3)", "\0\0\3\0\1\0\4\0\2\0\5\0"sv));
  EXPECT_EQ(tensor.shape(), Shape({2, 3}));
  EXPECT_THAT(tensor.span(), ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(Npy, ReadsFortransOrderOfThreeAxes) {
  // numpy.asfortranarray(numpy.arange(12, dtype="u1").reshape(2, 3, 2))
  const Tensor tensor = tensor_of(npy_bytes("|u1", "True", "(2, 3, 2)", "\0\6\2\10\4\12\1\7\3\11\5\13"sv));
  EXPECT_THAT(tensor.span(), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
}

TEST(Npy, ReadsASingleNumber) {
  const Tensor tensor = tensor_of(npy_bytes("<f4", "False", "()", "\0\0\340@"sv));
  EXPECT_EQ(tensor.shape(), Shape());
  EXPECT_EQ(tensor[0], 7.0F);
}

TEST(Npy, ReadsAnArrayOfNothing) {
  EXPECT_EQ(tensor_of(npy_bytes("<f4", "False", "(0, 4)", "")).shape(), Shape({0, 4}));
}

TEST(Npy, ReadsVersionsWithLongerHeaders) {
  for (const char version : {'\2', '\3'}) {
    const std::string dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n";
    const std::string length = {static_cast<char>(dict.size()), '\0', '\0', '\0'};
    EXPECT_THAT(tensor_of("\x93NUMPY" + std::string{version, '\0'} + length + dict + "\3\4").span(),
                ElementsAre(3, 4));
  }
}

TEST(Npy, ReadsTheKeysInAnyOrderAndSpelling) {
  EXPECT_THAT(tensor_of(npy_bytes("{\"shape\":(2,),'fortran_order' : False,'descr':'|u1'}", "\3\4")).span(),
              ElementsAre(3, 4));
}

TEST(Npy, WritesTheBytesThatNumpyWrites) {
  const TemporaryFolder folder;
  write_npy(folder / "file.npy", Tensor({2, 3}, {1.5, -2, 3, 4, 5, 6}));
  EXPECT_EQ(folder.read("file.npy"),
            npy_bytes("<f4", "False", "(2, 3)",
                      "\000\000\300\077\000\000\000\300\000\000@@\000\000\200@\000\000\240@\000\000\300@"sv));
}

TEST(Npy, WritesNumpysHeaderForEveryNumberOfAxes) {
  const TemporaryFolder folder;
  write_npy(folder / "file.npy", Tensor(Shape(), {7}));
  EXPECT_EQ(folder.read("file.npy"), npy_bytes("<f4", "False", "()", "\0\0\340@"sv));
  write_npy(folder / "file.npy", Tensor({1}, {7}));
  EXPECT_EQ(folder.read("file.npy"), npy_bytes("<f4", "False", "(1,)", "\0\0\340@"sv));
  write_npy(folder / "file.npy", Tensor({1, 1, 1, 1, 1, 1, 1, 1}, {7}));
  EXPECT_EQ(folder.read("file.npy"), npy_bytes("<f4", "False", "(1, 1, 1, 1, 1, 1, 1, 1)", "\0\0\340@"sv));
}

TEST(Npy, ReadsWhatItWrote) {
  const TemporaryFolder folder;
  const Tensor tensor({2, 1, 2}, {0.1F, -0.0F, 1e-40F, 3e38F});
  write_npy(folder / "file.npy", tensor);
  const Tensor read = read_npy(folder / "file.npy");
  EXPECT_EQ(read.shape(), tensor.shape());
  EXPECT_THAT(read.span(), ElementsAreArray(tensor.span()));
}

}  // namespace
}  // namespace antler
