#include "antler/core/random.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace antler {
namespace {

using Words = std::array<uint32_t, 4>;
using ::testing::Each;
using ::testing::Ge;
using ::testing::Lt;

constexpr uint32_t ones = 0xFFFFFFFFU;

// Known answers of Random123, the authors' own implementation.
TEST(Philox, GivesTheKnownAnswers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8}));
  EXPECT_EQ(philox4x32({ones, ones, ones, ones}, {ones, ones}),
            (Words{0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD}));
  EXPECT_EQ(philox4x32({0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344}, {0xA4093822, 0x299F31D0}),
            (Words{0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1}));
}

TEST(RandomStream, DependsOnSeedStreamAndStep) {
  const Words block = RandomStream(1, 2, 3).block(0);
  EXPECT_EQ(RandomStream(1, 2, 3).block(0), block);
  EXPECT_NE(RandomStream(0, 2, 3).block(0), block);
  EXPECT_NE(RandomStream(1, 0, 3).block(0), block);
  EXPECT_NE(RandomStream(1, 2, 0).block(0), block);
  EXPECT_NE(RandomStream(1, 2, 3).block(1), block);
}

TEST(RandomStream, FillsWithTheNumbersThatItHasAtEachIndex) {
  const RandomStream stream(5, 6);
  std::vector<float> numbers(11);
  stream.fill_uniform(numbers, 0.0F, 1.0F);
  for (size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], stream.uniform(i));
}

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};

Moments moments(std::span<const float> numbers) {
  double sum = 0.0;
  double squares = 0.0;
  for (const float number : numbers) {
    sum += double{number};
    squares += double{number} * double{number};
  }
  const double mean = sum / static_cast<double>(numbers.size());
  return {mean, std::sqrt(squares / static_cast<double>(numbers.size()) - mean * mean)};
}

TEST(RandomStream, SpreadsUniformNumbersFromLowToHigh) {
  std::vector<float> numbers(100'000);
  RandomStream(1, 1).fill_uniform(numbers, -1.0F, 3.0F);
  EXPECT_THAT(numbers, Each(Ge(-1.0F)));
  EXPECT_THAT(numbers, Each(Lt(3.0F)));
  EXPECT_NEAR(moments(numbers).mean, 1.0, 0.01);
  EXPECT_NEAR(moments(numbers).deviation, 4.0 / std::sqrt(12.0), 0.01);
}

TEST(RandomStream, DrawsNormalNumbersOfAMeanAndDeviation) {
  std::vector<float> numbers(100'000);
  RandomStream(1, 1).fill_normal(numbers, 5.0F, 2.0F);
  EXPECT_NEAR(moments(numbers).mean, 5.0, 0.02);
  EXPECT_NEAR(moments(numbers).deviation, 2.0, 0.02);
}

TEST(RandomStream, KeepsTruncatedNumbersWithinTwoDeviations) {
  std::vector<float> numbers(100'000);
  RandomStream(1, 1).fill_truncated_normal(numbers, 5.0F, 2.0F);
  EXPECT_THAT(numbers, Each(Ge(1.0F)));
  EXPECT_THAT(numbers, Each(::testing::Le(9.0F)));
  EXPECT_NEAR(moments(numbers).deviation, 2.0 * 0.8796, 0.02);  // of a normal distribution cut at 2
}

TEST(RandomStream, PermutesEveryNumberOnce) {
  const std::vector<int64_t> order = RandomStream(1, 1).permutation(1000);
  std::vector<int64_t> sorted = order;
  std::ranges::sort(sorted);
  for (int64_t i = 0; i < 1000; ++i) EXPECT_EQ(sorted[static_cast<size_t>(i)], i);
  EXPECT_NE(order, sorted);
}

TEST(RandomStream, MakesEachPermutationEquallyOften) {
  std::map<std::vector<int64_t>, int> counts;
  for (uint64_t step = 0; step < 6000; ++step) ++counts[RandomStream(1, 1, step).permutation(3)];
  EXPECT_EQ(counts.size(), 6U);
  for (const auto& [order, count] : counts) EXPECT_NEAR(count, 1000, 120);
}

TEST(StreamOf, IsTheNamesFnvHash) {
  EXPECT_EQ(stream_of(""), 0xCBF29CE484222325U);
  EXPECT_EQ(stream_of("a"), 0xAF63DC4C8601EC8CU);
}

TEST(RandomSeed, IsShortEnoughToBeTyped) {
  EXPECT_LT(random_seed(), uint64_t{1} << 31);
}

}  // namespace
}  // namespace antler
