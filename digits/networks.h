// Networks for reading digits: from (28, 28, 1) to 10 probabilities.
#pragma once

#include "antler/models/sequential.h"

namespace antler::digits {

/// Each adds its layers to an empty `net`.

/// The tutorial's: three convolutions with batch normalisation and pooling, then two dense layers; 20 layers
/// and 1,886,354 parameters. Its BatchNormalization has axis 1 and so normalises image rows, as the tutorial
/// wrote it.
void add_lesson(Sequential& net);

/// Little arithmetic: a 3x3 convolution on each of 28x28, 14x14, 7x7 and 3x3, with pooling between them;
/// 52,794 parameters, 1.9 million multiplications an image.
void add_fast(Sequential& net);

/// Two 3x3 convolutions on each of 28x28, 14x14 and 7x7: as good as one network gets in minutes, and below
/// 600 KB in a file; 129,578 parameters, 18 million multiplications an image.
void add_best(Sequential& net);

}  // namespace antler::digits
