#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "antler/core/error.h"
#include "tests/saving/make_hdf5.h"

namespace antler::hdf5 {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

auto complains(const std::string& about) {
  return ThrowsMessage<Error>(HasSubstr(about));
}

void make_number(hid_t group, const std::string& name, double value) {
  make_dataset(group, name.c_str(), Id(H5Screate(H5S_SCALAR), H5Sclose), dataset_properties(), {value});
}

// A group that keeps the order in which its members are made.
Id ordered_group(hid_t file, const char* name) {
  const Id properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
  H5Pset_link_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return {H5Gcreate2(file, name, H5P_DEFAULT, properties.get(), H5P_DEFAULT), H5Gclose};
}

void set_attribute(hid_t object, const std::string& name, const char* text) {
  const Id type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), H5T_VARIABLE);
  const Id attribute(H5Acreate2(object, name.c_str(), type.get(), Id(H5Screate(H5S_SCALAR), H5Sclose).get(),
                                H5P_DEFAULT, H5P_DEFAULT),
                     H5Aclose);
  ASSERT_GE(H5Awrite(attribute.get(), type.get(), &text), 0);
}

TEST(Hdf5Groups, OfHundredsOfMembersAreReadWhicheverWayTheyKeepThem) {
  for (const bool newest : {false, true}) {
    const Group root = made(
        [](hid_t file) {
          for (int i = 0; i < 700; ++i) make_number(file, "a member of some length " + std::to_string(i), i);
        },
        newest);
    EXPECT_EQ(root.members().size(), 700U);
    for (const int i : {0, 8, 345, 699})
      EXPECT_EQ(root.tensor("a member of some length " + std::to_string(i))[0], static_cast<float>(i));
  }
}

TEST(Hdf5Groups, NameTheirMembersInTheOrderInWhichTheyWereMadeIfTheyKnowIt) {
  const Group root = made([](hid_t file) {
    const Id few = ordered_group(file, "few");
    for (const char* name : {"c", "a", "b"}) make_number(few.get(), name, 0);
    const Id many = ordered_group(file, "many");
    for (int i = 30; i-- > 0;) make_number(many.get(), std::to_string(i), 0);
    const Id sorted(H5Gcreate2(file, "sorted", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    for (const char* name : {"c", "a", "b"}) make_number(sorted.get(), name, 0);
  });
  EXPECT_THAT(root.members(), ElementsAre("few", "many", "sorted"));
  EXPECT_THAT(root.group("few").members(), ElementsAre("c", "a", "b"));
  EXPECT_THAT(root.group("sorted").members(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(root.group("many").members().front(), "29");
  EXPECT_EQ(root.group("many").members().back(), "0");
}

TEST(Hdf5Groups, OfOneMemberOfTheNewestKindAreRead) {
  const Group root = made([](hid_t file) { make_number(file, "one", 1); }, true);
  EXPECT_THAT(root.members(), ElementsAre("one"));
  EXPECT_EQ(root.tensor("one")[0], 1.0F);
}

TEST(Hdf5Groups, KeepAttributesOfManyKindsOfFiles) {
  for (const bool newest : {false, true}) {
    const Group root = made(
        [](hid_t file) {
          for (int i = 0; i < 60; ++i)
            set_attribute(file, "name " + std::to_string(i), ("text " + std::to_string(i)).c_str());
        },
        newest);
    EXPECT_EQ(root.text("name 0"), "text 0");
    EXPECT_EQ(root.text("name 59"), "text 59");
    EXPECT_EQ(root.text("name 60"), std::nullopt);
  }
}

TEST(Hdf5Groups, KeepListsOfTextsOfDifferentLength) {
  const Group root = made([](hid_t file) {
    const Id type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), H5T_VARIABLE);
    const Id attribute(H5Acreate2(file, "names", type.get(), space_of({3}).get(), H5P_DEFAULT, H5P_DEFAULT),
                       H5Aclose);
    const char* texts[] = {"one", "", "a third"};
    H5Awrite(attribute.get(), type.get(), texts);
  });
  EXPECT_THAT(root.texts("names"), ElementsAre("one", "", "a third"));
  EXPECT_THAT([&] { root.text("names"); }, complains("'names' is no single text"));
}

TEST(Hdf5Groups, RefuseAListWhoseTextsAreAllTheSameLongOne) {
  constexpr size_t reference = 16;  // length, address and number of a text
  const TemporaryFolder folder;
  const std::string text(30'000, 'x');
  make_file(folder / "a.h5", [&](hid_t file) {
    const Id type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), H5T_VARIABLE);
    const Id attribute(
        H5Acreate2(file, "names", type.get(), space_of({1000}).get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    std::vector<const char*> texts(1000, "y");
    texts[0] = text.c_str();
    H5Awrite(attribute.get(), type.get(), texts.data());
  });
  std::string bytes = folder.read("a.h5");
  // The reference to it, which begins with its length, is followed by those to "y".
  size_t first = bytes.find(std::string("\x30\x75\0\0", 4));
  while (first != std::string::npos && bytes.compare(first + reference, 4, std::string("\1\0\0\0", 4)) != 0)
    first = bytes.find(std::string("\x30\x75\0\0", 4), first + 1);
  ASSERT_NE(first, std::string::npos);
  for (size_t i = 1; i < 1000; ++i) bytes.replace(first + i * reference, reference, bytes, first, reference);
  folder.write("a.h5", bytes);
  EXPECT_THAT([&] { Group::open(folder / "a.h5").texts("names"); }, complains("overlap or lead in a circle"));
}

TEST(Hdf5Groups, SayThatAnAttributeIsNoTextUnlessItIsEmpty) {
  const Group root = made([](hid_t file) {
    const Id attribute(
        H5Acreate2(file, "number", H5T_STD_I32LE, space_of({1}).get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    const Id none(H5Acreate2(file, "none", H5T_IEEE_F64LE, space_of({0}).get(), H5P_DEFAULT, H5P_DEFAULT),
                  H5Aclose);
  });
  EXPECT_TRUE(root.texts("none").empty());  // as h5py writes an empty list
  EXPECT_THAT([&] { root.texts("number"); }, complains("attribute 'number' is no text"));
}

TEST(Hdf5Groups, ThatContainThemselvesAreEnteredAsOftenAsAsked) {
  const Group root = made([](hid_t file) {
    make_number(file, "number", 3);
    H5Lcreate_hard(file, "/", file, "self", H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_THAT(root.members(), ElementsAre("number", "self"));
  EXPECT_EQ(root.group("self/self").tensor("self/number")[0], 3.0F);
  std::string endless = "self";
  while (endless.size() < 60'000) endless += "/self";
  EXPECT_THAT([&] { root.group(endless); }, complains("lead in a circle"));
}

TEST(Hdf5Groups, AreReadBehindBytesOfAnotherProgram) {
  const TemporaryFolder folder;
  {
    const Id creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    H5Pset_userblock(creation.get(), 1024);
    const Id file(H5Fcreate((folder / "a.h5").c_str(), H5F_ACC_TRUNC, creation.get(), H5P_DEFAULT), H5Fclose);
    make_number(file.get(), "number", 3);
  }
  EXPECT_EQ(Group::open(folder / "a.h5").tensor("number")[0], 3.0F);
}

TEST(Hdf5Groups, AreReadFromBytesInMemory) {
  const NewFile file;
  file.root().set_integer("number", 3);
  const std::string text = file.bytes();
  Bytes bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  const Group root = Group::parse(std::move(bytes), "model.weights.h5 of a.keras");
  EXPECT_EQ(root.integer("number"), 3);
  EXPECT_THAT([&] { root.integer("none"); }, complains("model.weights.h5 of a.keras: '/none' is missing"));
}

}  // namespace
}  // namespace antler::hdf5
