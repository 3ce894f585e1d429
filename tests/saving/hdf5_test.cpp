#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"
#include "tests/core/temporary_folder.h"
#include "tests/saving/make_hdf5.h"

namespace antler::hdf5 {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// A file with numbers 0..5 at "group/numbers", of (2, 3).
std::string small_file() {
  const NewFile file;
  const Tensor numbers({2, 3}, {0, 1, 2, 3, 4, 5});
  file.root().group("group").set_tensor("numbers", numbers.view());
  return file.bytes();
}

auto complains(const std::string& about) {
  return ThrowsMessage<Error>(HasSubstr(about));
}

TEST(Hdf5, ReadsBackTheTensorsItWrote) {
  const TemporaryFolder folder;
  folder.write("a.h5", small_file());
  const Group group = Group::open(folder / "a.h5").group("group");
  EXPECT_EQ(group.shape("numbers"), (Shape{2, 3}));
  EXPECT_THAT(group.tensor("numbers").span(), ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(Hdf5, ReadsBackTheTextsAndIntegersItWrote) {
  const TemporaryFolder folder;
  const NewFile file;
  const std::string long_text(200'000, 'x');
  file.root().set_text("long", long_text);
  file.root().set_texts("list", {"a", "longer", ""});
  file.root().set_texts("empty", {});
  file.root().set_integer("deep/down/number", int64_t{1} << 40);
  folder.write("a.h5", file.bytes());
  const Group root = Group::open(folder / "a.h5");
  EXPECT_EQ(root.text("long"), long_text);
  EXPECT_EQ(root.text("none"), std::nullopt);
  EXPECT_THAT(root.texts("list"), ElementsAre("a", "longer", ""));
  EXPECT_TRUE(root.texts("empty").empty());
  EXPECT_EQ(root.integer("deep/down/number"), int64_t{1} << 40);
}

TEST(Hdf5, SplitsAListTooLongForAnAttributeAsKerasDoes) {
  const TemporaryFolder folder;
  std::vector<std::string> names;
  for (int i = 0; i < 3000; ++i) names.push_back("a/rather/long/name/of/a/weight/" + std::to_string(i));
  const NewFile file;
  file.root().set_texts("weight_names", names);
  folder.write("a.h5", file.bytes());
  const Group root = Group::open(folder / "a.h5");
  EXPECT_EQ(root.texts("weight_names"), names);
  EXPECT_EQ(root.texts("weight_names0").front(), names.front());
}

TEST(Hdf5, GivesTheSameBytesForTheSameCalls) {
  EXPECT_EQ(small_file(), small_file());
}

TEST(Hdf5, RefusesAFileCutShortAnywhere) {
  const TemporaryFolder folder;
  const std::string whole = small_file();
  for (size_t length = 0; length < whole.size(); length += 97) {
    folder.write("a.h5", whole.substr(0, length));
    EXPECT_THROW(Group::open(folder / "a.h5").group("group").tensor("numbers"), Error) << length;
  }
}

TEST(Hdf5, RefusesAFileThatIsMissingOrNoHdf5) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { Group::open(folder / "none.h5"); }, complains("none.h5"));
  folder.write("text.h5", "label,pixel0\n1,0\n");
  EXPECT_THAT([&] { Group::open(folder / "text.h5"); }, complains("is no HDF5 file"));
}

TEST(Hdf5, RefusesTextsThatClaimToBeLongerThanTheFile) {
  const TemporaryFolder folder;
  const NewFile file;
  file.root().set_text("name", "a text of its own");
  std::string bytes = file.bytes();
  const size_t heap = bytes.find("GCOL");
  ASSERT_NE(heap, std::string::npos);
  bytes[heap + 16 + 8 + 5] = 1;  // the length of the first text in it
  folder.write("a.h5", bytes);
  EXPECT_THAT([&] { Group::open(folder / "a.h5").text("name"); }, complains("longer"));
}

TEST(Hdf5, FollowsNoSoftLink) {
  const TemporaryFolder folder;
  make_file(folder / "a.h5", [](hid_t file) {
    make_dataset(file, "numbers", space_of({3}), dataset_properties());
    H5Lcreate_soft("/numbers", file, "link", H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_EQ(Group::open(folder / "a.h5").shape("numbers"), (Shape{3}));
  EXPECT_THAT([&] { Group::open(folder / "a.h5").tensor("link"); }, complains("soft or external link"));
}

TEST(Hdf5, FollowsNoExternalLink) {
  const TemporaryFolder folder;
  folder.write("other.h5", small_file());
  make_file(folder / "a.h5", [&](hid_t file) {
    H5Lcreate_external((folder / "other.h5").c_str(), "/group", file, "link", H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_THAT([&] { Group::open(folder / "a.h5").group("link"); }, complains("soft or external link"));
  EXPECT_THAT([&] { Group::open(folder / "a.h5").tensor("link/numbers"); },
              complains("soft or external link"));
}

TEST(Hdf5, ReadsNoExternalStorage) {
  const TemporaryFolder folder;
  folder.write("secret", "twelve bytes");
  make_file(folder / "a.h5", [&](hid_t file) {
    const Id properties = dataset_properties();
    H5Pset_external(properties.get(), (folder / "secret").c_str(), 0, 12);
    make_dataset(file, "numbers", space_of({3}), properties);
  });
  EXPECT_THAT([&] { Group::open(folder / "a.h5").tensor("numbers"); }, complains("another file"));
}

TEST(Hdf5, ReadsNoVirtualDataset) {
  const TemporaryFolder folder;
  folder.write("other.h5", small_file());
  make_file(folder / "a.h5", [&](hid_t file) {
    const Id properties = dataset_properties();
    const Id space = space_of({2, 3});
    H5Pset_virtual(properties.get(), space.get(), (folder / "other.h5").c_str(), "/group/numbers",
                   space.get());
    make_dataset(file, "numbers", space, properties);
  });
  EXPECT_THAT([&] { Group::open(folder / "a.h5").tensor("numbers"); }, complains("virtual dataset"));
}

TEST(Hdf5, RefusesShapesThatTheFileHasNoRoomFor) {
  const TemporaryFolder folder;
  make_file(folder / "a.h5", [](hid_t file) {
    make_dataset(file, "late", space_of({1 << 20, 1 << 20, 1 << 20}), dataset_properties());
    const Id properties = dataset_properties();
    const hsize_t chunk = 1024;
    H5Pset_chunk(properties.get(), 1, &chunk);
    H5Pset_deflate(properties.get(), 9);
    make_dataset(file, "packed", space_of({hsize_t{1} << 30}), properties);
  });
  EXPECT_THAT([&] { Group::open(folder / "a.h5").tensor("late"); }, complains("room for"));
  EXPECT_THAT([&] { Group::open(folder / "a.h5").tensor("packed"); }, complains("room for"));
}

TEST(Hdf5, ReadsPackedNumbersOfOtherWidths) {
  const TemporaryFolder folder;
  make_file(folder / "a.h5", [](hid_t file) {
    const Id properties = dataset_properties();
    const hsize_t chunk = 2;
    H5Pset_chunk(properties.get(), 1, &chunk);
    H5Pset_shuffle(properties.get());
    H5Pset_deflate(properties.get(), 4);
    const Id space = space_of({3});
    const Id dataset(
        H5Dcreate2(file, "doubles", H5T_IEEE_F64LE, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
        H5Dclose);
    const double values[] = {0.5, -1.5, 3.0};
    H5Dwrite(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  });
  EXPECT_THAT(Group::open(folder / "a.h5").tensor("doubles").span(), ElementsAre(0.5F, -1.5F, 3.0F));
}

TEST(Hdf5, SaysWhichObjectIsMissingOrOfAnotherKind) {
  const TemporaryFolder folder;
  folder.write("a.h5", small_file());
  const Group root = Group::open(folder / "a.h5");
  EXPECT_THAT([&] { root.tensor("group/none"); }, complains("'/group/none' is missing"));
  EXPECT_THAT([&] { root.tensor("group"); }, complains("'/group' is no dataset"));
  EXPECT_THAT([&] { root.group("group").group("numbers"); }, complains("'/group/numbers' is no group"));
  EXPECT_THAT([&] { root.tensor("group/../group/numbers"); }, complains("is missing"));
}

}  // namespace
}  // namespace antler::hdf5
