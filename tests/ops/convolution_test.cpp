#include "antler/ops/convolution.h"

#include <gmock/gmock.h>

#include "antler/core/error.h"
#include "tests/core/threads.h"
#include "tests/ops/gradient_check.h"
#include "tests/ops/run_operation.h"

namespace antler::ops {
namespace {

using testing::FloatNear;
using testing::Pointwise;

struct Case {
  std::string name;
  Shape x;
  Shape kernel;
  Convolution op;
};

// The formula of the header, term by term.
Tensor plain_convolution(const Convolution& op, const Tensor& x, const Tensor& kernel, const Tensor& bias,
                         const Shape& shape) {
  Tensor y(shape);
  const Shape& k = kernel.shape();
  const int64_t filters_a_group = k[3] / op.groups;
  int64_t at = 0;
  for (int64_t n = 0; n < shape[0]; ++n) {
    for (int64_t i = 0; i < shape[1]; ++i) {
      for (int64_t j = 0; j < shape[2]; ++j) {
        for (int64_t f = 0; f < shape[3]; ++f) {
          double sum = op.bias ? double{bias[f]} : 0.0;
          for (int64_t a = 0; a < k[0]; ++a) {
            for (int64_t b = 0; b < k[1]; ++b) {
              const int64_t row = i * op.stride_height + a * op.dilation_height - op.pad_top;
              const int64_t column = j * op.stride_width + b * op.dilation_width - op.pad_left;
              if (row < 0 || row >= x.shape()[1] || column < 0 || column >= x.shape()[2]) continue;
              for (int64_t c = 0; c < k[2]; ++c) {
                const int64_t channel = f / filters_a_group * k[2] + c;
                sum +=
                    double{x[((n * x.shape()[1] + row) * x.shape()[2] + column) * x.shape()[3] + channel]} *
                    double{kernel[((a * k[1] + b) * k[2] + c) * k[3] + f]};
              }
            }
          }
          y[at++] = static_cast<float>(op.relu ? std::max(sum, 0.0) : sum);
        }
      }
    }
  }
  return y;
}

Convolution convolution(const std::function<void(Convolution&)>& set) {
  Convolution op;
  set(op);
  return op;
}

std::vector<Case> cases() {
  return {
      {"TheLessonsFirst", {2, 28, 28, 1}, {3, 3, 1, 32}, {}},
      {"TheLessonsSecond", {1, 13, 13, 32}, {3, 3, 32, 48}, convolution([](auto& op) {
         op.pad_top = op.pad_bottom = op.pad_left = op.pad_right = 1;
         op.relu = true;
       })},
      {"TheLessonsThird", {2, 8, 8, 48}, {2, 2, 48, 64}, {}},
      {"OneByOne", {3, 4, 5, 3}, {1, 1, 3, 2}, {}},
      {"AKernelAsLargeAsTheImage", {2, 3, 4, 2}, {3, 4, 2, 5}, {}},
      {"StridesThatLeaveARest", {2, 8, 9, 3}, {3, 2, 3, 7}, convolution([](auto& op) {
         op.stride_height = 2;
         op.stride_width = 3;
       })},
      {"StridesWiderThanTheKernel", {1, 9, 9, 2}, {2, 2, 2, 3}, convolution([](auto& op) {
         op.stride_height = op.stride_width = 4;
       })},
      {"Dilation", {2, 9, 10, 3}, {3, 3, 3, 4}, convolution([](auto& op) {
         op.dilation_height = 2;
         op.dilation_width = 3;
       })},
      {"UnevenPadding", {2, 6, 5, 3}, {4, 2, 3, 5}, convolution([](auto& op) {
         op.pad_top = 1;
         op.pad_bottom = 2;
         op.pad_right = 1;
       })},
      {"PaddingWiderThanTheKernel", {1, 3, 3, 2}, {2, 2, 2, 3}, convolution([](auto& op) {
         op.pad_top = op.pad_left = 4;
       })},
      {"PaddingStridesAndRelu", {2, 7, 7, 4}, {3, 3, 4, 6}, convolution([](auto& op) {
         op.pad_top = op.pad_left = op.pad_bottom = op.pad_right = 1;
         op.stride_height = op.stride_width = 2;
         op.relu = true;
       })},
      {"Groups", {2, 6, 6, 6}, {3, 3, 2, 9}, convolution([](auto& op) { op.groups = 3; })},
      {"DepthwiseWithoutBias", {2, 6, 6, 5}, {3, 3, 1, 10}, convolution([](auto& op) {
         op.groups = 5;
         op.bias = false;
       })},
      {"Depthwise", {2, 6, 7, 19}, {3, 3, 1, 19}, convolution([](auto& op) {
         op.groups = 19;
         op.pad_top = op.pad_left = op.pad_bottom = op.pad_right = 1;
         op.relu = true;
       })},
      {"DepthwiseWithStrides", {2, 7, 9, 8}, {3, 2, 1, 8}, convolution([](auto& op) {
         op.groups = 8;
         op.stride_height = 2;
         op.stride_width = 3;
         op.pad_bottom = op.pad_right = 1;
       })},
      {"DepthwiseWithDilationAndStrides", {2, 9, 8, 5}, {3, 3, 1, 5}, convolution([](auto& op) {
         op.groups = 5;
         op.dilation_height = 3;
         op.dilation_width = 2;
         op.stride_width = 2;
         op.pad_top = 4;
         op.pad_left = 3;
         op.bias = false;
       })},
      {"DepthwiseWithPaddingWiderThanTheKernel", {2, 3, 3, 4}, {2, 2, 1, 4}, convolution([](auto& op) {
         op.groups = 4;
         op.pad_top = op.pad_right = 4;
       })},
      {"ManyFilters", {1, 5, 5, 3}, {3, 3, 3, 131}, {}},
      // Winograd's, whose tiles fit or stand over.
      {"TilesOfTwoPixels", {3, 4, 4, 24}, {3, 3, 24, 26}, {}},
      {"TilesOfThreePixels", {3, 8, 8, 26}, {3, 3, 26, 24}, {}},
      {"TilesOfFourPixels", {2, 14, 10, 24}, {3, 3, 24, 25}, {}},
      {"TilesOfImagesThatShareAProduct", {27, 6, 6, 24}, {3, 3, 24, 33}, convolution([](auto& op) {
         op.pad_top = op.pad_left = op.pad_bottom = op.pad_right = 1;
         op.relu = true;
       })},
      {"TilesThatFit", {2, 8, 10, 24}, {3, 3, 24, 24}, {}},
      {"TilesThatStandOver", {2, 7, 9, 25}, {3, 3, 25, 29}, {}},
      {"TilesOfAPaddedImage", {3, 6, 7, 27}, {3, 3, 27, 33}, convolution([](auto& op) {
         op.pad_top = op.pad_right = 1;
         op.pad_bottom = 2;
         op.relu = true;
       })},
      {"TilesOfOneImageForSeveralThreads", {1, 11, 9, 24}, {3, 3, 24, 25}, {}},
      {"TilesInSeveralGroups", {2, 21, 30, 24}, {3, 3, 24, 26}, convolution([](auto& op) {
         op.pad_top = op.pad_left = op.pad_bottom = op.pad_right = 2;
         op.bias = false;
       })},
  };
}

std::vector<Tensor> inputs_of(const Case& each) {
  std::vector<Tensor> inputs{random_tensor(each.x, 1), random_tensor(each.kernel, 2)};
  if (each.op.bias) inputs.push_back(random_tensor({each.kernel[3]}, 3));
  return inputs;
}

class ConvolutionCase : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Convolution, ConvolutionCase, testing::ValuesIn(cases()),
                         [](const auto& each) { return each.param.name; });

TEST_P(ConvolutionCase, AgreesWithThePlainFormula) {
  const Case& each = GetParam();
  const std::vector<Tensor> inputs = inputs_of(each);
  OperationRun run(each.op, inputs);
  const Tensor& y = run.forward();
  const Tensor expected = plain_convolution(each.op, inputs[0], inputs[1], inputs.back(), y.shape());
  EXPECT_THAT(y.span(), Pointwise(FloatNear(1e-4F), expected.span()));
}

TEST_P(ConvolutionCase, HasTheGradientsOfItsForward) {
  // Smaller steps where there is a relu: few of its kinks lie within, and roundings do not count yet.
  check_gradients(GetParam().op, inputs_of(GetParam()), {}, {.step = GetParam().op.relu ? 0x1p-9F : 0x1p-6F});
}

TEST_P(ConvolutionCase, GivesTheSameOnOneThreadAndOnThree) {
  const std::vector<Tensor> inputs = inputs_of(GetParam());
  const auto run_on = [&](int count) {
    const Threads set(count);
    OperationRun run(GetParam().op, inputs);
    std::vector<Tensor> results{run.forward()};
    for (Tensor& gradient : run.backward(random_tensor(results[0].shape(), 4)))
      results.push_back(std::move(gradient));
    return results;
  };
  const std::vector<Tensor> one = run_on(1);
  const std::vector<Tensor> three = run_on(3);
  for (size_t i = 0; i < one.size(); ++i)
    EXPECT_THAT(three[i].span(), Pointwise(FloatNear(2e-4F), one[i].span()));
}

TEST(Convolution, TakesASequenceForAnImageOfOneRow) {
  Convolution op;
  op.stride_width = 2;
  op.pad_left = 1;
  op.groups = 2;
  const Tensor x = random_tensor({2, 9, 4}, 1);
  const Tensor kernel = random_tensor({3, 2, 6}, 2);
  const Tensor bias = random_tensor({6}, 3);
  OperationRun sequence(op, {x, kernel, bias});
  OperationRun image(op, {x.reshape({2, 1, 9, 4}), kernel.reshape({1, 3, 2, 6}), bias});
  EXPECT_EQ(sequence.forward().shape(), Shape({2, 4, 6}));
  EXPECT_EQ(image.forward().shape(), Shape({2, 1, 4, 6}));
  EXPECT_THAT(sequence.forward().span(), Pointwise(testing::FloatEq(), image.forward().span()));
  check_gradients(op, {x, kernel, bias});
  const std::vector<Shape> shapes{{2, 9, 4}, {1, 3, 2, 6}, {6}};
  EXPECT_THROW(op.output_shape(shapes), Error);
}

TEST(Convolution, RefusesAKernelLargerThanTheImage) {
  const std::vector<Shape> shapes{{1, 2, 2, 1}, {3, 3, 1, 1}, {1}};
  EXPECT_THROW(Convolution{}.output_shape(shapes), Error);
}

TEST(Convolution, RefusesAKernelForOtherChannels) {
  const std::vector<Shape> shapes{{1, 4, 4, 2}, {3, 3, 3, 1}, {1}};
  EXPECT_THROW(Convolution{}.output_shape(shapes), Error);
}

}  // namespace
}  // namespace antler::ops
