#include "antler/core/tensor.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"

namespace antler {
namespace {

using ::testing::ElementsAre;

TEST(Tensor, IsEmptyAtFirst) {
  EXPECT_TRUE(Tensor().empty());
  EXPECT_EQ(Tensor().shape(), Shape({0}));
}

TEST(Tensor, HoldsZerosUnlessToldOtherwise) {
  EXPECT_THAT(Tensor({2, 2}).span(), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(Tensor({3}, 2.5F).span(), ElementsAre(2.5F, 2.5F, 2.5F));
}

TEST(Tensor, OfNoAxesHoldsOneNumber) {
  EXPECT_EQ(Tensor(Shape()).size(), 1);
}

TEST(Tensor, RefusesValuesThatDoNotFillIt) {
  EXPECT_THROW(Tensor({2, 2}, {1, 2, 3}), Error);
}

TEST(Tensor, RefusesAShapeWithAnUnknownExtent) {
  EXPECT_THROW(Tensor({Shape::unknown, 2}), Error);
}

TEST(Tensor, CopiesItsElements) {
  const Tensor original({2}, {1, 2});
  Tensor copy = original;
  copy[0] = 5.0F;
  EXPECT_THAT(original.span(), ElementsAre(1, 2));
  EXPECT_THAT(copy.span(), ElementsAre(5, 2));
}

TEST(Tensor, IsReshapedInRowMajorOrder) {
  const Tensor tensor = Tensor({2, 3}, {1, 2, 3, 4, 5, 6}).reshape({3, Shape::unknown});
  EXPECT_EQ(tensor.shape(), Shape({3, 2}));
  EXPECT_THAT(tensor.span(), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Tensor, RefusesAReshapeToAnotherSize) {
  EXPECT_THROW(Tensor({2, 3}).reshape({4, 2}), Error);
  EXPECT_THROW(Tensor({2, 3}).reshape({4, Shape::unknown}), Error);
  EXPECT_THROW(Tensor({2, 3}).reshape({Shape::unknown, Shape::unknown}), Error);
  EXPECT_THROW(Tensor({2, 0}).reshape({0, Shape::unknown}), Error);
}

TEST(Tensor, ShowsRowsWithoutCopying) {
  const Tensor tensor({3, 2}, {1, 2, 3, 4, 5, 6});
  const ConstView rows = tensor.rows(1, 3);
  EXPECT_EQ(rows.shape, Shape({2, 2}));
  EXPECT_EQ(rows.data, tensor.data() + 2);
}

TEST(Tensor, RefusesRowsOutOfRange) {
  const Tensor tensor({3, 2});
  EXPECT_THROW(tensor.rows(-1, 2), Error);
  EXPECT_THROW(tensor.rows(2, 4), Error);
  EXPECT_THROW(tensor.rows(2, 1), Error);
}

}  // namespace
}  // namespace antler
