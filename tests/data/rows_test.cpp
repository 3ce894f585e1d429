#include "antler/data/rows.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler {
namespace {

using ::testing::ElementsAre;

TEST(GatherRows, CopiesRowsInTheOrderAskedFor) {
  const Tensor tensor({3, 2}, {1, 2, 3, 4, 5, 6});
  std::vector<float> out(8);
  gather_rows(tensor, std::vector<int64_t>{2, 0, 2, 1}, out.data());
  EXPECT_THAT(out, ElementsAre(5, 6, 1, 2, 5, 6, 3, 4));
}

TEST(GatherRows, GivesATensorOfItsOwn) {
  const Tensor rows = gather_rows(Tensor({3, 2}, {1, 2, 3, 4, 5, 6}), std::vector<int64_t>{2, 0});
  EXPECT_EQ(rows.shape(), Shape({2, 2}));
  EXPECT_THAT(rows.span(), ElementsAre(5, 6, 1, 2));
}

TEST(GatherRows, CopiesManyRows) {
  constexpr int64_t count = 1000;
  Tensor tensor({count, 100});
  for (int64_t i = 0; i < tensor.size(); ++i) tensor[i] = static_cast<float>(i);
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < count; ++i) rows.push_back(i * 7 % count);
  Tensor out({count, 100});
  gather_rows(tensor, rows, out.data());
  for (int64_t i = 0; i < out.size(); ++i) {
    ASSERT_EQ(out[i], static_cast<float>(rows[static_cast<size_t>(i / 100)] * 100 + i % 100));
  }
}

TEST(GatherRows, CopiesNumbersOfATensorOfOneAxis) {
  std::vector<float> out(2);
  gather_rows(Tensor({3}, {1, 2, 3}), std::vector<int64_t>{2, 1}, out.data());
  EXPECT_THAT(out, ElementsAre(3, 2));
}

TEST(GatherRows, TakesNoRowsOfAnEmptyTensor) {
  EXPECT_NO_THROW(gather_rows(Tensor({0, 2}), {}, nullptr));
}

TEST(GatherRows, RefusesRowsOutOfRange) {
  const Tensor tensor({3, 2});
  std::vector<float> out(2);
  EXPECT_THAT([&] { gather_rows(tensor, std::vector<int64_t>{3}, out.data()); },
              ::testing::ThrowsMessage<Error>("row 3 is not within a tensor of shape (3, 2)"));
  EXPECT_THROW(gather_rows(tensor, std::vector<int64_t>{-1}, out.data()), Error);
}

}  // namespace
}  // namespace antler
