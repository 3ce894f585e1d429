#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "antler/core/error.h"
#include "tests/saving/make_hdf5.h"

namespace antler::hdf5 {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

auto complains(const std::string& about) {
  return ThrowsMessage<Error>(HasSubstr(about));
}

// What is read of numbers that are stored as `type`.
Tensor stored_as(hid_t type, const std::vector<double>& values) {
  return made([&](hid_t file) {
           make_dataset(file, "numbers", space_of({values.size()}), dataset_properties(), values, type);
         })
      .tensor("numbers");
}

// IEEE's number of 16 bits, which HDF5 1.10 has no name for.
Id half_precision() {
  Id type(H5Tcopy(H5T_IEEE_F32LE), H5Tclose);
  H5Tset_fields(type.get(), 15, 10, 5, 0, 10);
  H5Tset_size(type.get(), 2);
  H5Tset_ebias(type.get(), 15);
  return type;
}

Id chunked(std::initializer_list<hsize_t> extents) {
  Id properties = dataset_properties();
  H5Pset_chunk(properties.get(), static_cast<int>(extents.size()), std::data(extents));
  return properties;
}

std::vector<double> counting(size_t number) {
  std::vector<double> values(number);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

TEST(Hdf5Numbers, AreReadInEitherOrderOfBytes) {
  EXPECT_THAT(stored_as(H5T_IEEE_F32BE, {0.5, -1.5, 3e38}).span(), ElementsAre(0.5F, -1.5F, 3e38F));
  EXPECT_THAT(stored_as(H5T_IEEE_F64BE, {0.5, -1.5, 0.1}).span(), ElementsAre(0.5F, -1.5F, 0.1F));
  EXPECT_THAT(stored_as(H5T_STD_I16BE, {-2, 300}).span(), ElementsAre(-2, 300));
}

TEST(Hdf5Numbers, OfHalfPrecisionAreReadExactly) {
  const Id half = half_precision();
  EXPECT_THAT(stored_as(half.get(), {1.5, -65504, 0x1p-24, 0, INFINITY}).span(),
              ElementsAre(1.5F, -65504.0F, 0x1p-24F, 0.0F, INFINITY));
}

TEST(Hdf5Numbers, MayBeWholeOnesOfAnyWidth) {
  EXPECT_THAT(stored_as(H5T_STD_I8LE, {-128, 127}).span(), ElementsAre(-128, 127));
  EXPECT_THAT(stored_as(H5T_STD_U8LE, {200}).span(), ElementsAre(200));
  EXPECT_THAT(stored_as(H5T_STD_I64LE, {-0x1p62}).span(), ElementsAre(-0x1p62F));
}

TEST(Hdf5Numbers, OfASeedAreReadAsWholeOnes) {
  const Group root = made([](hid_t file) {
    make_dataset(file, "seed", space_of({2}), dataset_properties(), {4294967295, 7}, H5T_STD_U32LE);
  });
  EXPECT_EQ(root.shape("seed"), (Shape{2}));
  EXPECT_THAT(root.integers("seed"), ElementsAre(4294967295, 7));
  EXPECT_THAT([&] { root.integer("seed"); }, complains("expected a single number"));
}

TEST(Hdf5Numbers, TooLargeForWhatIsAskedAreRefused) {
  const Group root = made([](hid_t file) {
    make_dataset(file, "float", space_of({1}), dataset_properties(), {1e30});
    make_dataset(file, "whole", space_of({1}), dataset_properties(), {0x1p63}, H5T_STD_U64LE);
  });
  EXPECT_THAT([&] { root.integers("float"); }, complains("expected a whole number"));
  EXPECT_THAT([&] { root.integers("whole"); }, complains("below 2^63"));
}

TEST(Hdf5Numbers, AreNoTexts) {
  const Group root =
      made([](hid_t file) { make_dataset(file, "text", space_of({1}), dataset_properties(), {}, H5T_C_S1); });
  EXPECT_THAT([&] { root.tensor("text"); }, complains("'/text' holds no numbers"));
}

TEST(Hdf5Numbers, InChunksThatDoNotFitTheShapeArePutTogether) {
  const std::vector<double> values = counting(7 * 5 * 3);
  for (const bool newest : {false, true}) {
    const Group root = made(
        [&](hid_t file) {
          make_dataset(file, "numbers", space_of({7, 5, 3}), chunked({3, 2, 2}), values);
        },
        newest);
    EXPECT_EQ(root.shape("numbers"), (Shape{7, 5, 3}));
    EXPECT_THAT(root.tensor("numbers").span(), ElementsAreArray(values));
  }
}

TEST(Hdf5Numbers, PackedByAllFiltersAreUnpacked) {
  const std::vector<double> values = counting(100);
  for (const bool newest : {false, true}) {
    const Group root = made(
        [&](hid_t file) {
          const Id properties = chunked({10, 4});
          H5Pset_shuffle(properties.get());
          H5Pset_deflate(properties.get(), 9);
          H5Pset_fletcher32(properties.get());
          make_dataset(file, "numbers", space_of({20, 5}), properties, values);
        },
        newest);
    EXPECT_THAT(root.tensor("numbers").span(), ElementsAreArray(values));
  }
}

TEST(Hdf5Numbers, InThousandsOfChunksAreFoundThroughAllLevelsOfTheTree) {
  const std::vector<double> values = counting(9000);
  const Group root =
      made([&](hid_t file) { make_dataset(file, "numbers", space_of({9000}), chunked({2}), values); });
  EXPECT_THAT(root.tensor("numbers").span(), ElementsAreArray(values));
}

TEST(Hdf5Numbers, InOneChunkOrInNoneAreReadOfTheNewestFiles) {
  const Group root = made(
      [](hid_t file) {
        const Id packed = chunked({4});
        H5Pset_deflate(packed.get(), 1);
        make_dataset(file, "one", space_of({4}), packed, {1, 2, 3, 4});
        const Id early = chunked({2});
        H5Pset_alloc_time(early.get(), H5D_ALLOC_TIME_EARLY);
        make_dataset(file, "early", space_of({3}), early, {5, 6, 7});
        const Id compact = dataset_properties();
        H5Pset_layout(compact.get(), H5D_COMPACT);
        make_dataset(file, "compact", space_of({2}), compact, {8, 9});
      },
      true);
  EXPECT_THAT(root.tensor("one").span(), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(root.tensor("early").span(), ElementsAre(5, 6, 7));
  EXPECT_THAT(root.tensor("compact").span(), ElementsAre(8, 9));
}

TEST(Hdf5Numbers, WithAWrongChecksumAreRefused) {
  const TemporaryFolder folder;
  make_file(folder / "a.h5", [](hid_t file) {
    const Id properties = chunked({4});
    H5Pset_fletcher32(properties.get());
    make_dataset(file, "numbers", space_of({4}), properties, {1.25, 2, 3, 4});
  });
  std::string bytes = folder.read("a.h5");
  const size_t number = bytes.find(std::string("\0\0\xa0\x3f", 4));
  ASSERT_NE(number, std::string::npos);
  bytes[number] = 1;
  folder.write("a.h5", bytes);
  EXPECT_THAT([&] { Group::open(folder / "a.h5").tensor("numbers"); }, complains("checksum is wrong"));
}

TEST(Hdf5Numbers, ThatWereNeverWrittenAreZeros) {
  const Group root = made([](hid_t file) {
    make_dataset(file, "none", space_of({3}), dataset_properties());
    make_dataset(file, "chunks", space_of({3}), chunked({2}));
    make_dataset(file, "empty", space_of({0, 3}), dataset_properties());
    make_dataset(file, "nothing", Id(H5Screate(H5S_NULL), H5Sclose), dataset_properties());
  });
  EXPECT_THAT(root.tensor("none").span(), ElementsAre(0, 0, 0));
  EXPECT_THAT(root.tensor("chunks").span(), ElementsAre(0, 0, 0));
  EXPECT_EQ(root.shape("empty"), (Shape{0, 3}));
  EXPECT_TRUE(root.tensor("nothing").empty());
}

TEST(Hdf5Numbers, ThatWereNeverWrittenAndAreNoZerosAreRefused) {
  const Group root = made([](hid_t file) {
    const Id properties = dataset_properties();
    const float fill = 3;
    H5Pset_fill_value(properties.get(), H5T_NATIVE_FLOAT, &fill);
    make_dataset(file, "threes", space_of({3}), properties);
    make_dataset(file, "written", space_of({1}), properties, {5});
  });
  EXPECT_THAT([&] { root.tensor("threes"); }, complains("another number than 0"));
  EXPECT_THAT(root.tensor("written").span(), ElementsAre(5));
}

TEST(Hdf5Numbers, PackedByOtherFiltersAreRefused) {
  const Group root = made([](hid_t file) {
    const Id properties = chunked({2});
    H5Pset_nbit(properties.get());
    make_dataset(file, "numbers", space_of({3}), properties, {1, 2, 3});
  });
  EXPECT_THAT([&] { root.tensor("numbers"); }, complains("filter 5, which antler does not have"));
}

TEST(Hdf5Numbers, OfMoreAxesThanAShapeHasAreRefused) {
  const Group root = made([](hid_t file) {
    make_dataset(file, "numbers", space_of({1, 1, 1, 1, 1, 1, 1, 1, 1}), dataset_properties());
  });
  EXPECT_THAT([&] { root.shape("numbers"); }, complains("has 9 axes"));
}

}  // namespace
}  // namespace antler::hdf5
