#include "antler/ops/pooled_convolution.h"

#include <gmock/gmock.h>

#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::Eq;
using testing::FloatNear;
using testing::Pointwise;

struct Case {
  const char* what;
  Shape x;
  Shape kernel;
  int axis = -1;
  int64_t stride = 1;
  int64_t dilation = 1;
  int64_t padding = 0;
  int64_t pool_height = 2;
  int64_t pool_width = 2;
  bool bias = true;
  bool relu = true;
  bool scale = true;
  bool normalized_relu = false;
};

const std::vector<Case> cases = {
    {.what = "the lesson's first layer", .x = {5, 28, 28, 1}, .kernel = {3, 3, 1, 32}, .axis = 1},
    {.what = "padding, channels by themselves", .x = {5, 28, 28, 1}, .kernel = {3, 3, 1, 16}, .padding = 1},
    {.what = "colours, more filters than a strip is wide", .x = {3, 12, 11, 3}, .kernel = {3, 3, 3, 70}},
    {.what = "rows and columns that no window covers", .x = {2, 9, 10, 2}, .kernel = {3, 2, 2, 5}, .axis = 1},
    {.what = "strides", .x = {3, 17, 16, 2}, .kernel = {3, 3, 2, 8}, .stride = 2, .bias = false},
    {.what = "dilation", .x = {3, 14, 15, 1}, .kernel = {2, 3, 1, 4}, .dilation = 2, .scale = false},
    {.what = "other windows", .x = {4, 13, 14, 1}, .kernel = {2, 2, 1, 6}, .pool_height = 3, .pool_width = 4},
    {.what = "other windows along the rows",
     .x = {4, 13, 14, 1},
     .kernel = {2, 2, 1, 6},
     .axis = 1,
     .pool_height = 3,
     .pool_width = 1},
    {.what = "a relu behind", .x = {4, 9, 9, 1}, .kernel = {2, 2, 1, 6}, .normalized_relu = true},
    {.what = "no relu in front", .x = {4, 9, 9, 1}, .kernel = {2, 2, 1, 6}, .relu = false},
    {.what = "an image", .x = {1, 6, 6, 1}, .kernel = {3, 3, 1, 4}},
    {.what = "no images", .x = {0, 6, 6, 1}, .kernel = {3, 3, 1, 4}},
};

Convolution convolution(const Case& of) {
  Convolution op;
  op.stride_height = op.stride_width = of.stride;
  op.dilation_height = op.dilation_width = of.dilation;
  op.pad_top = op.pad_bottom = op.pad_left = op.pad_right = of.padding;
  op.bias = of.bias;
  op.relu = of.relu;
  return op;
}

BatchNormalization normalization(const Case& of) {
  BatchNormalization op;
  op.axis = of.axis;
  op.scale = of.scale;
  op.training = true;
  op.relu = of.normalized_relu;
  Pooling pooling;
  pooling.pool_height = pooling.stride_height = of.pool_height;
  pooling.pool_width = pooling.stride_width = of.pool_width;
  op.pooling = pooling;
  return op;
}

PooledConvolution operation(const Case& of) {
  PooledConvolution op;
  op.convolution = convolution(of);
  op.normalization = normalization(of);
  op.normalization.of_relu = of.relu;
  return op;
}

std::vector<Tensor> convolution_inputs(const Case& of) {
  std::vector<Tensor> inputs{random_tensor(of.x, 1), random_tensor(of.kernel, 2)};
  if (of.bias) inputs.push_back(random_tensor({of.kernel.back()}, 3));
  return inputs;
}

// Some of gamma is negative: there the smallest of a window becomes the largest.
std::vector<Tensor> parameters(const Case& of, int64_t channels) {
  std::vector<Tensor> all;
  if (of.scale) all.push_back(random_tensor({channels}, 4));
  all.push_back(random_tensor({channels}, 5));
  return all;
}

int64_t channels_of(const Case& of) {
  const std::vector<Shape> shapes{of.x, of.kernel};
  return convolution(of).output_shape(shapes)[of.axis];
}

std::vector<Tensor> moving_statistics(int64_t channels) {
  return {random_tensor({channels}, 6), Tensor({channels}, 2.0F)};
}

TEST(PooledConvolution, DoesWhatAllDoOneAfterTheOther) {
  for (const Case& of : cases) {
    SCOPED_TRACE(of.what);
    const int64_t channels = channels_of(of);
    const std::vector<Tensor> with = parameters(of, channels);
    std::vector<Tensor> inputs = convolution_inputs(of);

    const Convolution first = convolution(of);
    OperationRun convolved(first, inputs);
    std::vector<Tensor> normalized_inputs{convolved.forward()};
    normalized_inputs.insert(normalized_inputs.end(), with.begin(), with.end());
    const BatchNormalization second = normalization(of);
    OperationRun normalized(second, normalized_inputs, moving_statistics(channels));
    const Tensor expected = normalized.forward();
    const Tensor dy = random_tensor(expected.shape(), 7);
    const std::vector<Tensor> parameter_gradients = normalized.backward(dy);
    std::vector<Tensor> expected_gradients = convolved.backward(parameter_gradients[0]);
    expected_gradients.insert(expected_gradients.end(), parameter_gradients.begin() + 1,
                              parameter_gradients.end());

    const PooledConvolution op = operation(of);
    inputs.insert(inputs.end(), with.begin(), with.end());
    OperationRun run(op, inputs, moving_statistics(channels));
    const Tensor found = run.forward();
    EXPECT_EQ(found.shape(), expected.shape());
    EXPECT_THAT(found.span(), Pointwise(FloatNear(1e-5F), expected.span()));
    for (size_t i = 0; i < 2; ++i)
      EXPECT_THAT(run.state()[i].span(), Pointwise(FloatNear(1e-6F), normalized.state()[i].span()));
    const std::vector<Tensor> gradients = run.backward(dy);
    for (size_t i = 1; i < gradients.size(); ++i) {
      EXPECT_THAT(gradients[i].span(), Pointwise(FloatNear(2e-4F), expected_gradients[i].span()))
          << "input " << i;
    }
  }
}

TEST(PooledConvolution, HasTheGradientsOfItsDifferences) {
  for (const Case& of : cases) {
    if (of.x[0] == 0 || of.x[0] * of.kernel.back() > 40) continue;  // enough elements say the same
    SCOPED_TRACE(of.what);
    const int64_t channels = channels_of(of);
    std::vector<Tensor> inputs = convolution_inputs(of);
    for (Tensor& each : parameters(of, channels)) inputs.push_back(each);
    check_gradients(operation(of), inputs, moving_statistics(channels),
                    {.step = 0x1p-11F, .tolerance = 2e-2, .first_input = 1});
  }
}

TEST(PooledConvolution, LeavesFrozenParametersWithoutAGradient) {
  const Case of{.what = "", .x = {2, 6, 6, 1}, .kernel = {3, 3, 1, 4}};
  const PooledConvolution op = operation(of);
  std::vector<Tensor> inputs = convolution_inputs(of);
  for (Tensor& each : parameters(of, 4)) inputs.push_back(each);
  OperationRun run(op, inputs, moving_statistics(4));
  const Tensor dy = random_tensor(run.forward().shape(), 7);
  const std::vector<Tensor> all = run.backward(dy);
  for (size_t frozen = 1; frozen < inputs.size(); ++frozen) {
    const std::vector<Tensor> others = run.backward(dy, {}, frozen);
    for (size_t i = 1; i < inputs.size(); ++i) {
      if (i == frozen) continue;
      EXPECT_THAT(others[i].span(), Pointwise(Eq(), all[i].span())) << "input " << i << " without " << frozen;
    }
  }
}

TEST(PooledConvolution, ServesSmallWindowsOfOneGroupWithManyFilters) {
  EXPECT_TRUE(PooledConvolution::serves({}, {2, 9, 9, 1}, {3, 3, 1, 16}));
  EXPECT_FALSE(PooledConvolution::serves({}, {2, 9, 9, 1}, {3, 3, 1, 8}));
  EXPECT_FALSE(PooledConvolution::serves({}, {2, 9, 9, 1}, {5, 5, 1, 16}));
  Convolution grouped;
  grouped.groups = 2;
  EXPECT_FALSE(PooledConvolution::serves(grouped, {2, 9, 9, 2}, {3, 3, 1, 16}));
  EXPECT_FALSE(PooledConvolution::serves({}, {2, 9, 1}, {3, 1, 16}));
}

}  // namespace
}  // namespace antler::ops
