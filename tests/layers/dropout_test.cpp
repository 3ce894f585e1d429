#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "tests/layers/run_layer.h"

namespace antler::layers {
namespace {

Layer dropout(const std::string& name, double rate, std::optional<int64_t> seed = {}) {
  return Dropout(rate, {.seed = seed, .name = name});
}

TEST(Dropout, DoesNothingInInference) {
  const Tensor x({1, 3}, {1, 2, 3});
  EXPECT_THAT(run_layer(dropout("a", 0.5), x).span(), testing::ElementsAre(1, 2, 3));
  EXPECT_THAT(run_layer(dropout("a", 0.0), x, true).span(), testing::ElementsAre(1, 2, 3));
}

TEST(Dropout, DropsAsManyAsItsRateAndScalesTheRest) {
  const Tensor y = run_layer(dropout("a", 0.25), Tensor({10, 1000}, 3.0F), true);
  int64_t dropped = 0;
  for (float value : y.span()) {
    dropped += value == 0.0F ? 1 : 0;
    EXPECT_TRUE(value == 0.0F || value == 4.0F) << value;
  }
  EXPECT_NEAR(static_cast<double>(dropped), 2500.0, 150.0);
}

TEST(Dropout, DrawsItsOwnNumbersByNameAndSeed) {
  const Tensor x({1, 100}, 1.0F);
  const auto of = [&](const Layer& layer) {
    const Tensor y = run_layer(layer, x, true);
    return std::vector<float>(y.span().begin(), y.span().end());
  };
  EXPECT_EQ(of(dropout("a", 0.5)), of(dropout("a", 0.5)));
  EXPECT_NE(of(dropout("a", 0.5)), of(dropout("b", 0.5)));
  EXPECT_NE(of(dropout("a", 0.5)), of(dropout("a", 0.5, 7)));
}

TEST(Dropout, IsWrittenAsKerasWritesIt) {
  EXPECT_EQ(config_of(Dropout(0.25)), R"({"rate": 0.25, "seed": null, "noise_shape": null})");
  EXPECT_EQ(config_read_back(dropout("a", 0.1, 3)), config_of(dropout("a", 0.1, 3)));
  EXPECT_EQ(config_read_back(Dropout(0.1, {.noise_shape = Shape{Shape::unknown, 1}})),
            R"({"rate": 0.1, "seed": null, "noise_shape": [null, 1]})");
}

TEST(Dropout, KeepsNothingAtRate1) {
  const Tensor x({1, 3}, {1, 2, 3});
  EXPECT_THAT(run_layer(Dropout(1.0), x, true).span(), testing::Each(0.0F));
  EXPECT_THAT(run_layer(Dropout(1.0), x).span(), testing::ElementsAre(1, 2, 3));
}

TEST(Dropout, RefusesRatesThatAreNone) {
  EXPECT_THROW(Dropout(1.1), Error);
  EXPECT_THROW(Dropout(-0.1), Error);
  EXPECT_THROW(read_layer("Dropout", R"({"rate": 2})"), Error);
  EXPECT_THROW(read_layer("Dropout", R"({"seed": 1})"), Error);
  EXPECT_THROW(read_layer("Dropout", R"({"rate": 0.5, "noise_shape": "all"})"), Error);
}

}  // namespace
}  // namespace antler::layers
