#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/initializers/initializer.h"

namespace antler::initializers {
namespace {

Initializer read(const std::string& class_name, const std::string& config) {
  return Initializer::from_config(class_name, Json::parse(config));
}

std::string written(const Initializer& initializer) {
  return dump_json(initializer.config());
}

TEST(InitializerConfig, KnowsKerasNamesAndAliases) {
  EXPECT_EQ(Initializer("glorot_uniform").class_name(), "GlorotUniform");
  EXPECT_EQ(Initializer("GlorotUniform").class_name(), "GlorotUniform");
  EXPECT_EQ(Initializer("normal").class_name(), "RandomNormal");
  EXPECT_EQ(Initializer("uniform").class_name(), "RandomUniform");
  EXPECT_EQ(Initializer("one").class_name(), "Ones");
  EXPECT_EQ(Initializer("zero").class_name(), "Zeros");
  EXPECT_EQ(Initializer("OrthogonalInitializer").class_name(), "Orthogonal");
  EXPECT_THROW(Initializer("xavier"), Error);
}

TEST(InitializerConfig, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(written(Zeros()), "{}");
  EXPECT_EQ(written(GlorotUniform()), R"({"seed": null})");
  EXPECT_EQ(written(Constant(0.5)), R"({"value": 0.5})");
  EXPECT_EQ(written(RandomUniform()), R"({"seed": null, "minval": -0.05, "maxval": 0.05})");
  EXPECT_EQ(written(VarianceScaling()),
            R"({"seed": null, "scale": 1.0, "mode": "fan_in", "distribution": "truncated_normal"})");
}

TEST(InitializerConfig, IsTheSameAfterReadingItBack) {
  for (const Initializer& initializer :
       {Zeros(), Ones(), Constant(0.1), RandomUniform(-1.0, 2.0), RandomNormal(0.5, 0.1),
        TruncatedNormal(0.0, 0.2), VarianceScaling(2.0, "fan_out", "uniform"), GlorotNormal(), HeUniform(),
        LecunNormal(), LecunUniform(), Orthogonal(1.5), Identity(3.0)}) {
    const Initializer again = Initializer::from_config(initializer.class_name(), initializer.config());
    EXPECT_EQ(again.class_name(), initializer.class_name());
    EXPECT_EQ(again.config(), initializer.config());
    EXPECT_THAT(again({4, 3}, RandomStream(1, 2)).span(),
                testing::ElementsAreArray(initializer({4, 3}, RandomStream(1, 2)).span()));
  }
}

TEST(InitializerConfig, TakesWhatKeras2Wrote) {
  EXPECT_EQ(written(read("RandomNormal", R"({"mean": 0, "stddev": 1, "seed": null, "dtype": "float32"})")),
            R"({"seed": null, "mean": 0.0, "stddev": 1.0})");
  EXPECT_EQ(
      written(read("VarianceScaling", R"({"scale": 1.0, "mode": "fan_avg", "distribution": "normal"})")),
      R"({"seed": null, "scale": 1.0, "mode": "fan_avg", "distribution": "truncated_normal"})");
  EXPECT_EQ(read("Zeros", "null").class_name(), "Zeros");
}

TEST(InitializerConfig, KeepsTheSeedOfAFile) {
  EXPECT_EQ(written(read("GlorotUniform", R"({"seed": 42, "input_axes": null, "output_axes": null})")),
            R"({"seed": 42})");
}

TEST(InitializerConfig, RefusesWhatItCannotKeep) {
  EXPECT_THROW(read("GlorotUniform", R"({"sead": 1})"), Error);
  EXPECT_THROW(read("GlorotUniform", R"({"input_axes": [0]})"), Error);
  EXPECT_THROW(read("GlorotUniform", "[1]"), Error);
  EXPECT_THROW(read("RandomNormal", R"({"mean": "0"})"), Error);
  EXPECT_THROW(read("VarianceScaling", R"({"mode": "fan_club"})"), Error);
  EXPECT_THROW(read("VarianceScaling", R"({"scale": 0.0})"), Error);
  EXPECT_THROW(read("VarianceScaling", R"({"distribution": 3})"), Error);
  EXPECT_THROW(read("Orthogonal", R"({"seed": "a"})"), Error);
}

}  // namespace
}  // namespace antler::initializers
