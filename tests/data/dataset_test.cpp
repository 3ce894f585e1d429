#include "antler/data/dataset.h"

#include <gmock/gmock.h>

#include <atomic>
#include <numeric>

#include "antler/core/error.h"

namespace antler {
namespace {

using testing::ElementsAre;

Dataset numbers(int64_t count) {
  Tensor x({count, 1});
  std::iota(x.span().begin(), x.span().end(), 0.0F);
  return Dataset::from_tensor_slices(x);
}

// The first input's elements, a list a batch.
std::vector<std::vector<float>> all(const Dataset& dataset, int64_t pass = 0) {
  std::vector<std::vector<float>> batches;
  const Dataset::Next next = dataset.begin(pass);
  while (const std::optional<Batch> batch = next())
    batches.emplace_back(batch->x.front().span().begin(), batch->x.front().span().end());
  return batches;
}

std::vector<float> flat(const Dataset& dataset, int64_t pass = 0) {
  std::vector<float> elements;
  for (const auto& batch : all(dataset, pass)) elements.insert(elements.end(), batch.begin(), batch.end());
  return elements;
}

Dataset failing_after(int64_t batches) {
  return Dataset::from_batches(10, [batches](int64_t index) -> Batch {
    if (index == batches) throw Error("batch {} is damaged", index);
    return {.x = {Tensor({1, 1}, static_cast<float>(index))}};
  });
}

TEST(Dataset, PutsSamplesTogetherToBatches) {
  EXPECT_THAT(all(numbers(5).batch(2)), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
  EXPECT_THAT(all(numbers(5).batch(2, true)), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3)));
}

TEST(Dataset, ShufflesRowsOfTensorsAsItShufflesOtherSamples) {
  const auto one = [](int64_t index) -> Batch { return {.x = {Tensor({1, 1}, static_cast<float>(index))}}; };
  const Dataset read = Dataset::from_batches(10, one);
  for (const int64_t buffer : {3, 10, 20}) {
    EXPECT_EQ(all(numbers(10).shuffle(buffer, 1).batch(4), 2), all(read.shuffle(buffer, 1).batch(4), 2));
    EXPECT_EQ(flat(numbers(10).shuffle(buffer, 1)), flat(read.shuffle(buffer, 1)));
  }
}

TEST(Dataset, TellsAMapWhereABatchStands) {
  const auto place = [](Batch batch, const BatchPlace& at) {
    batch.x.front()[0] = static_cast<float>(10 * at.pass + at.number);
    return batch;
  };
  EXPECT_THAT(flat(numbers(3).map(place), 4), ElementsAre(40, 41, 42));
  EXPECT_THAT(flat(numbers(2).map(place).repeat(2)), ElementsAre(0, 1, 10, 11));
  EXPECT_THAT(flat(numbers(2).repeat(2).map(place)), ElementsAre(0, 1, 2, 3));
}

TEST(Dataset, CutsBatchesToOthers) {
  EXPECT_THAT(all(numbers(5).batch(2).batch(3)), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3, 4)));
}

TEST(Dataset, KeepsInputsTargetsAndWeightsOfASampleTogether) {
  const Tensor a({3, 1}, {1, 2, 3});
  const Tensor b({3, 2}, {10, 11, 20, 21, 30, 31});
  const Dataset dataset = Dataset::from_tensor_slices({a, b}, {a}, Tensor({3}, {5, 6, 7}));
  const Dataset::Next next = dataset.skip(1).batch(2).begin();
  const std::optional<Batch> batch = next();
  ASSERT_TRUE(batch.has_value());
  EXPECT_THAT(batch->x[1].span(), ElementsAre(20, 21, 30, 31));
  EXPECT_THAT(batch->y[0].span(), ElementsAre(2, 3));
  EXPECT_THAT(batch->sample_weight.span(), ElementsAre(6, 7));
}

TEST(Dataset, ShufflesInAnotherOrderInEachPass) {
  const Dataset dataset = numbers(50).shuffle(50, 3);
  EXPECT_EQ(flat(dataset, 1), flat(dataset, 1));
  EXPECT_NE(flat(dataset, 1), flat(dataset, 2));
  EXPECT_THAT(flat(dataset, 1), testing::UnorderedElementsAreArray(flat(numbers(50))));
  const Dataset same = numbers(50).shuffle(50, 3, false);
  EXPECT_EQ(flat(same, 1), flat(same, 2));
}

TEST(Dataset, ShufflesWithinItsBuffer) {
  const std::vector<float> order = flat(numbers(100).shuffle(10, 1));
  for (size_t i = 0; i < order.size(); ++i) EXPECT_LT(order[i], static_cast<float>(i + 10));
}

TEST(Dataset, MapsTakesSkipsAndRepeats) {
  const auto doubled = [](Batch batch) {
    for (float& each : batch.x.front().span()) each *= 2;
    return batch;
  };
  EXPECT_THAT(flat(numbers(4).map(doubled)), ElementsAre(0, 2, 4, 6));
  EXPECT_THAT(flat(numbers(4).take(2)), ElementsAre(0, 1));
  EXPECT_THAT(flat(numbers(4).skip(3)), ElementsAre(3));
  EXPECT_THAT(flat(numbers(4).skip(9)), ElementsAre());
  EXPECT_THAT(flat(numbers(2).repeat(2)), ElementsAre(0, 1, 0, 1));
  EXPECT_THAT(flat(numbers(2).repeat().take(5)), ElementsAre(0, 1, 0, 1, 0));
  EXPECT_THAT(flat(numbers(1).take(0).repeat()), ElementsAre());
}

TEST(Dataset, RepeatsAShuffledOneInOtherOrders) {
  const std::vector<float> twice = flat(numbers(20).shuffle(20, 1).repeat(2));
  EXPECT_NE(std::vector(twice.begin(), twice.begin() + 20), std::vector(twice.begin() + 20, twice.end()));
}

TEST(Dataset, TellsHowManyBatchesThereAre) {
  EXPECT_EQ(numbers(5).cardinality(), 5);
  EXPECT_EQ(numbers(5).shuffle(5, 0).batch(2).cardinality(), 3);
  EXPECT_EQ(numbers(5).batch(2, true).repeat(3).skip(1).take(4).cardinality(), 4);
  EXPECT_EQ(numbers(5).repeat().cardinality(), Dataset::infinite);
  EXPECT_EQ(Dataset::from_generator([] { return Dataset::Next(); }).cardinality(), Dataset::unknown);
}

TEST(Dataset, AsksAGeneratorAnewForEachPass) {
  const Dataset dataset = Dataset::from_generator([] {
    return [left = 2]() mutable -> std::optional<Batch> {
      if (left-- == 0) return std::nullopt;
      return Batch{.x = {Tensor({1, 1}, static_cast<float>(left))}};
    };
  });
  EXPECT_THAT(flat(dataset), ElementsAre(1, 0));
  EXPECT_THAT(flat(dataset.repeat(2)), ElementsAre(1, 0, 1, 0));
}

TEST(Dataset, PrefetchesTheSameBatches) {
  EXPECT_EQ(flat(numbers(1000).shuffle(100, 2).batch(7).prefetch(3)),
            flat(numbers(1000).shuffle(100, 2).batch(7)));
}

TEST(Dataset, PrefetchesInTheBackground) {
  std::atomic<int64_t> read = 0;
  const Dataset dataset = Dataset::from_batches(10, [&read](int64_t /*index*/) -> Batch {
    ++read;
    read.notify_all();
    return {.x = {Tensor({1, 1})}};
  });
  const Dataset::Next next = dataset.prefetch(2).begin();
  for (int64_t seen = read; seen < 2; seen = read) read.wait(seen);  // nobody has asked yet
  EXPECT_GE(read, 2);
}

TEST(Dataset, MayBeLeftInTheMiddleOfPrefetching) {
  const Dataset::Next next = numbers(1000).repeat().prefetch(4).begin();
  EXPECT_TRUE(next().has_value());
}

TEST(Dataset, ThrowsWhatAFunctionThrowsAfterTheBatchesBefore) {
  for (const Dataset& dataset : {failing_after(2), failing_after(2).prefetch(5)}) {
    const Dataset::Next next = dataset.begin();
    EXPECT_TRUE(next().has_value());
    EXPECT_TRUE(next().has_value());
    EXPECT_THROW(next(), Error);
  }
}

TEST(Dataset, RefusesTensorsThatDoNotFitTogether) {
  EXPECT_THROW(Dataset::from_tensor_slices(Tensor({3, 1}), Tensor({2, 1})), Error);
  EXPECT_THROW(Dataset::from_tensor_slices(Tensor({3, 1}), Tensor({3, 1}), Tensor({2})), Error);
  const Dataset ragged = Dataset::from_batches(2, [](int64_t index) -> Batch {
    return {.x = {Tensor({1, index + 1})}};
  });
  EXPECT_THROW(flat(ragged.batch(2)), Error);
}

TEST(Dataset, RefusesSizesThatMakeNoSense) {
  EXPECT_THROW(numbers(3).batch(0), Error);
  EXPECT_THROW(numbers(3).shuffle(0, 1), Error);
  EXPECT_THROW(numbers(3).prefetch(0), Error);
  EXPECT_THROW(numbers(3).take(-1), Error);
}

}  // namespace
}  // namespace antler
