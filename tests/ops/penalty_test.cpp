#include "antler/ops/penalty.h"

#include <gtest/gtest.h>

#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

TEST(NormPenalty, HasTheGradientsOfItsForward) {
  NormPenalty penalty;
  penalty.l1 = 0.5F;
  penalty.l2 = 0.25F;
  penalty.scale = 0.5F;
  check_gradients(penalty, {random_tensor({3, 4}, 1)});
}

TEST(OrthogonalPenalty, HasTheGradientsOfItsForward) {
  OrthogonalPenalty penalty;
  penalty.factor = 0.5F;
  check_gradients(penalty, {random_tensor({3, 5}, 1)});
  penalty.of_rows = false;
  check_gradients(penalty, {random_tensor({5, 3}, 2)});
}

}  // namespace
}  // namespace antler::ops
