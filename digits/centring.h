// From a picture of a digit to what the networks were trained on: MNIST's way of scaling and centring.
#pragma once

#include <cstdint>
#include <vector>

#include "antler/core/tensor.h"

namespace antler::digits {

/// Shades of grey, row by row from the top: 0 is black, 255 white.
struct GreyPicture {
  int64_t width = 0;
  int64_t height = 0;
  std::vector<uint8_t> shades;
};

/// The digit alone, (28, 28, 1), from 0 (paper) to 1 (ink), as MNIST was made (LeCun, Bottou, Bengio,
/// Haffner: "Gradient-based learning applied to document recognition", 1998, section III-A): the box around
/// the ink is scaled to fit 20x20, its aspect kept, each new pixel the mean of what it covers; then the
/// centre of mass is moved to the centre of 28x28, by whole pixels and no further than all ink stays inside.
/// Paper may be dark or light: it is what most of the picture's border shows. Throws Error when the number of
/// shades is not width times height, or nothing stands out from the paper.
Tensor centred_digit(const GreyPicture& picture);

}  // namespace antler::digits
