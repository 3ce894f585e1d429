#include "antler/ops/sum.h"

#include <gmock/gmock.h>

namespace antler::ops {
namespace {

TEST(Sum, AddsElementByElement) {
  Tensor sum({3}, {1, 2, 3});
  add_to(sum.view(), Tensor({3}, {10, 20, 30}).view());
  EXPECT_THAT(sum.span(), testing::ElementsAre(11, 22, 33));
}

}  // namespace
}  // namespace antler::ops
