#include "antler/ops/normalized_convolution.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::Eq;
using testing::Pointwise;

struct Case {
  const char* what;
  Shape x;
  Shape kernel;
  int64_t groups = 1;
  int axis = -1;
  bool bias = true;
  bool pools = false;
  bool scale = true;
};

const std::vector<Case> cases = {
    {.what = "an image", .x = {1, 12, 11, 3}, .kernel = {3, 3, 3, 5}},
    {.what = "no images", .x = {0, 12, 11, 3}, .kernel = {3, 3, 3, 5}},
    {.what = "an image of several strips", .x = {1, 9, 9, 4}, .kernel = {2, 2, 4, 70}, .axis = 1},
    {.what = "many images in several chunks", .x = {41, 26, 26, 1}, .kernel = {3, 3, 1, 32}},
    {.what = "large images, one a chunk", .x = {3, 80, 70, 2}, .kernel = {3, 3, 2, 40}, .pools = true},
    {.what = "Winograd's algorithm",
     .x = {41, 13, 13, 32},
     .kernel = {3, 3, 32, 48},
     .axis = 1,
     .pools = true},
    {.what = "Winograd's for one image", .x = {1, 13, 13, 32}, .kernel = {3, 3, 32, 48}, .bias = false},
    {.what = "channels by themselves",
     .x = {9, 8, 8, 6},
     .kernel = {3, 3, 1, 6},
     .groups = 6,
     .scale = false},
    {.what = "sequences", .x = {30, 40, 3}, .kernel = {5, 3, 8}, .axis = 1},
};

NormalizedConvolution operation(const Case& of) {
  NormalizedConvolution op;
  op.convolution.groups = of.groups;
  op.convolution.bias = of.bias;
  op.convolution.relu = true;
  op.normalization.axis = of.axis;
  op.normalization.scale = of.scale;
  if (of.pools) op.normalization.pooling = Pooling{};
  return op;
}

std::vector<Tensor> convolution_inputs(const Case& of) {
  std::vector<Tensor> inputs{random_tensor(of.x, 1), random_tensor(of.kernel, 2)};
  if (of.bias) inputs.push_back(random_tensor({of.kernel.back()}, 3));
  return inputs;
}

struct Parameters {
  std::vector<Tensor> inputs;
  std::vector<Tensor> state;
};
Parameters parameters(const Case& of, int64_t channels) {
  Parameters all;
  if (of.scale) all.inputs.push_back(random_tensor({channels}, 4));
  all.inputs.push_back(random_tensor({channels}, 5));
  all.state = {random_tensor({channels}, 6), Tensor({channels}, 2.0F)};
  return all;
}

// One after the other.
Tensor expected(const Case& of, const NormalizedConvolution& op, const Parameters& with) {
  OperationRun convolution(op.convolution, convolution_inputs(of));
  std::vector<Tensor> inputs{convolution.forward()};
  inputs.insert(inputs.end(), with.inputs.begin(), with.inputs.end());
  OperationRun normalization(op.normalization, inputs, with.state);
  normalization.backward_follows = false;
  return normalization.forward();
}

TEST(NormalizedConvolution, DoesWhatBothDoOneAfterTheOther) {
  for (const Case& of : cases) {
    SCOPED_TRACE(of.what);
    const NormalizedConvolution op = operation(of);
    std::vector<Tensor> inputs = convolution_inputs(of);
    std::vector<Shape> shapes;
    for (const Tensor& input : inputs) shapes.push_back(input.shape());
    const Parameters with = parameters(of, op.convolution.output_shape(shapes)[of.axis]);
    inputs.insert(inputs.end(), with.inputs.begin(), with.inputs.end());
    OperationRun run(op, inputs, with.state);
    run.backward_follows = false;
    const Tensor found = run.forward();
    const Tensor known = expected(of, op, with);
    EXPECT_EQ(found.shape(), known.shape());
    EXPECT_THAT(found.span(), Pointwise(Eq(), known.span()));
    EXPECT_THAT(run.forward_prepared().span(), Pointwise(Eq(), known.span()));
  }
}

TEST(NormalizedConvolution, HasNoGradient) {
  const NormalizedConvolution op = operation(cases.front());
  EXPECT_THROW(op.backward({}), Error);
}

}  // namespace
}  // namespace antler::ops
