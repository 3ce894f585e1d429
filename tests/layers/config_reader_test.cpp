#include "antler/layers/config_reader.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler::layers {
namespace {

const Json config = Json::parse(R"({"whole": 3, "half": 0.5, "yes": true, "word": "valid", "none": null,
    "pair": [1, 2], "one": [4], "shape": [null, 5], "huge": 1e308, "nested": {"class_name": "Zeros"}})");

TEST(ConfigReader, ReadsEachKindOfValue) {
  ConfigReader reader(config);
  EXPECT_EQ(reader.integer("whole"), 3);
  EXPECT_EQ(reader.number("half"), 0.5);
  EXPECT_EQ(reader.number("whole"), 3.0);
  EXPECT_TRUE(reader.flag("yes", false));
  EXPECT_EQ(reader.text("word", ""), "valid");
  EXPECT_EQ(reader.pair("pair"), Pair(1, 2));
  EXPECT_EQ(reader.pair("whole"), Pair(3));
  EXPECT_EQ(reader.single("one"), Single(4));
  EXPECT_EQ(reader.single("whole"), Single(3));
  EXPECT_EQ(reader.axis("one", -1), 4);
  EXPECT_EQ(reader.shape("shape"), Shape({Shape::unknown, 5}));
  EXPECT_EQ(reader.initializer("nested", "ones").class_name(), "Zeros");
}

TEST(ConfigReader, FallsBackWhereAKeyIsMissingOrNull) {
  ConfigReader reader(config);
  EXPECT_EQ(reader.integer("none", 7), 7);
  EXPECT_EQ(reader.number("missing", 0.25), 0.25);
  EXPECT_EQ(reader.initializer("none", "ones").class_name(), "Ones");
  EXPECT_EQ(reader.activation("none"), "linear");
  EXPECT_FALSE(reader.shape("missing").has_value());
  EXPECT_THROW(reader.integer("none"), Error);
}

TEST(ConfigReader, NamesTheKeyOfAWrongValue) {
  ConfigReader reader(config);
  try {
    reader.integer("word");
    FAIL() << "a word was taken for a number";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), R"(word is "valid"; expected a whole number)");
  }
}

TEST(ConfigReader, RefusesValuesOfTheWrongKind) {
  ConfigReader reader(config);
  EXPECT_THROW(reader.integer("half"), Error);
  EXPECT_THROW(reader.flag("whole", true), Error);
  EXPECT_THROW(reader.text("whole", ""), Error);
  EXPECT_THROW(reader.pair("one"), Error);
  EXPECT_THROW(reader.single("pair"), Error);
  EXPECT_THROW(reader.axis("pair", 0), Error);
  EXPECT_THROW(reader.shape("whole"), Error);
  EXPECT_THROW(reader.refuse("whole"), Error);
  EXPECT_THROW(ConfigReader{config["pair"]}, Error);
}

TEST(ConfigReader, EndsWhenEveryKeyWasAskedFor) {
  const Json small = {{"units", 3}, {"dtype", "float32"}, {"sparse", false}};
  ConfigReader reader(small);
  EXPECT_THROW(reader.finish(), Error);
  reader.integer("units");
  EXPECT_NO_THROW(reader.finish());
}

}  // namespace
}  // namespace antler::layers
