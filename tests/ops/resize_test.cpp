#include "antler/ops/resize.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

Resize to(int64_t height, int64_t width, bool bilinear) {
  Resize op;
  op.height = height;
  op.width = width;
  op.bilinear = bilinear;
  return op;
}

TEST(Resize, HasTheGradientOfItsForward) {
  for (const bool bilinear : {false, true}) {
    check_gradients(to(2, 7, bilinear), {random_tensor({3, 4, 5, 2}, 1)});
    check_gradients(to(9, 3, bilinear), {random_tensor({3, 4, 5, 2}, 1)});
  }
}

TEST(Resize, RefusesWhatIsNoImageAndNoSize) {
  EXPECT_THROW(to(2, 2, true).output_shape(std::vector<Shape>{{1, 2, 3}}), Error);
  EXPECT_THROW(to(0, 2, true).output_shape(std::vector<Shape>{{1, 2, 3, 1}}), Error);
}

}  // namespace
}  // namespace antler::ops
