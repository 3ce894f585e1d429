#include "antler/ops/convolution_and_normalization.h"

#include <vector>

namespace antler::ops {

Shape ConvolutionAndNormalization::convolved_shape(std::span<const Shape> inputs) const {
  return convolution.output_shape(inputs.first(convolution_inputs()));
}

Shape ConvolutionAndNormalization::output_shape(std::span<const Shape> inputs) const {
  std::vector<Shape> normalized{convolved_shape(inputs)};
  const auto parameters = inputs.subspan(convolution_inputs());
  normalized.insert(normalized.end(), parameters.begin(), parameters.end());
  return normalization.output_shape(normalized);
}

double ConvolutionAndNormalization::flops(std::span<const Shape> inputs) const {
  return convolution.flops(inputs.first(convolution_inputs()));
}

}  // namespace antler::ops
