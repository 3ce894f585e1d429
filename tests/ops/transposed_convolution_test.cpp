#include "antler/ops/transposed_convolution.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

// Stamps the kernel, weighted by a pixel, onto the output at each pixel's place: what the operation means.
TEST(TransposedConvolution, StampsTheKernelAtEachPixel) {
  TransposedConvolution op;
  op.convolution.bias = false;
  op.convolution.stride_height = op.convolution.stride_width = 2;
  op.height = 5;
  op.width = 3;
  OperationRun run(op, {Tensor({1, 2, 1, 1}, {1, 10}), Tensor({3, 3, 1, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                        Tensor({1}, {0.5F})});
  EXPECT_THAT(run.forward().span(), testing::ElementsAre(1.5F, 2.5F, 3.5F, 4.5F, 5.5F, 6.5F, 17.5F, 28.5F,
                                                         39.5F, 40.5F, 50.5F, 60.5F, 70.5F, 80.5F, 90.5F));
}

TEST(TransposedConvolution, HasTheGradientsOfItsForward) {
  TransposedConvolution op;
  op.convolution.bias = false;
  op.convolution.stride_height = op.convolution.stride_width = 2;
  op.convolution.pad_bottom = op.convolution.pad_right = 1;
  op.height = 6;
  op.width = 8;
  check_gradients(op,
                  {random_tensor({2, 3, 4, 3}, 1), random_tensor({3, 3, 5, 3}, 2), random_tensor({5}, 3)});
}

TEST(TransposedConvolution, TakesASequenceForAnImageOfOneRow) {
  TransposedConvolution op;
  op.convolution.bias = false;
  op.convolution.stride_width = 2;
  op.width = 5;
  OperationRun run(op, {Tensor({1, 2, 1}, {1, 10}), Tensor({3, 1, 1}, {1, 2, 3}), Tensor({1}, {0.5F})});
  EXPECT_EQ(run.forward().shape(), Shape({1, 5, 1}));
  EXPECT_THAT(run.forward().span(), testing::ElementsAre(1.5F, 2.5F, 13.5F, 20.5F, 30.5F));
  check_gradients(op, {random_tensor({3, 2, 4}, 1), random_tensor({3, 5, 4}, 2), random_tensor({5}, 3)});
}

TEST(TransposedConvolution, RefusesASizeThatTheConvolutionDoesNotComeFrom) {
  TransposedConvolution op;
  op.height = op.width = 9;
  const std::vector<Shape> shapes{{1, 4, 4, 2}, {3, 3, 1, 2}, {1}};
  EXPECT_THROW(op.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
