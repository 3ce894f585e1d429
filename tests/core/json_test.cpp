#include "antler/core/json.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "antler/core/error.h"

namespace antler {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;

Json parse(std::string_view text) {
  return parse_json(text, "model.json");
}

TEST(Json, KeepsTheOrderOfKeys) {
  EXPECT_EQ(dump_json(parse(R"({"b":1,"a":[true,null]})")), R"({"b": 1, "a": [true, null]})");
}

TEST(Json, ReadsPythonsNumbersThatAreNotFinite) {
  const Json json = parse("[NaN, Infinity, -Infinity]");
  EXPECT_TRUE(std::isnan(json[0].get<double>()));
  EXPECT_EQ(json[1].get<double>(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(json[2].get<double>(), -std::numeric_limits<double>::infinity());
}

TEST(Json, WritesPythonsNumbersThatAreNotFinite) {
  EXPECT_EQ(dump_json(parse("[NaN,Infinity,-Infinity]")), "[NaN, Infinity, -Infinity]");
}

TEST(Json, LeavesSuchWordsWithinTextAlone) {
  const std::string text = R"({"NaN": "say \"Infinity\" or \\", "b": "-Infinity"})";
  EXPECT_EQ(dump_json(parse(text)), text);
}

TEST(Json, LeavesTextThatBeginsWithAZeroByteAlone) {
  EXPECT_EQ(dump_json(parse(R"(["\u0000", "\u0000text"])")), R"(["\u0000", "\u0000text"])");
}

TEST(Json, EscapesWhatIsNotAscii) {
  EXPECT_EQ(dump_json("\u00e9"), R"("\u00e9")");
}

TEST(Json, WritesTextThatIsNoUtf8) {
  EXPECT_EQ(dump_json("a\xff"), R"("a\ufffd")");
}

TEST(Json, KeepsIntegersAndFloatsApart) {
  EXPECT_EQ(dump_json(parse("[1, 1.0, 1e-07]")), "[1, 1.0, 1e-07]");
}

TEST(Json, NamesTheFileThatIsNoJson) {
  EXPECT_THAT([] { parse("{\"a\": }"); },
              ThrowsMessage<Error>(AllOf(StartsWith("model.json: not valid JSON: "), HasSubstr("line 1"))));
}

TEST(Json, RefusesToNestTooDeep) {
  const auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_NO_THROW(parse(nested(64)));
  EXPECT_THAT([&] { parse(nested(65)); }, ThrowsMessage<Error>(HasSubstr("deeper than 64 levels")));
  EXPECT_THROW(parse(nested(1'000'000)), Error);
}

TEST(Json, DoesNotCountBracketsWithinText) {
  EXPECT_NO_THROW(parse("\"" + std::string(100, '[') + "\""));
}

}  // namespace
}  // namespace antler
