// Networks for reading digits: from (28, 28, 1) to 10 probabilities.
#pragma once

#include "antler/models/sequential.h"

namespace antler::digits {

/// Each adds its layers to an empty `net`.

/// The tutorial's: three convolutions with batch normalisation and pooling, then two dense layers; 20 layers
/// and 1,886,354 parameters. Its BatchNormalization has axis 1 and so normalises image rows, as the tutorial
/// wrote it.
void add_lesson(Sequential& net);

/// Little arithmetic, in shapes that suit the kernels: the frame of two pixels cut off, 5x5 and 3x3 at every
/// second pixel, 3x3 on 6x6, pooled, and on 3x3; 62,234 parameters, 1.1 million multiplications an image.
void add_fast(Sequential& net);

/// As add_fast(), but with three layers on 12x12 and pooling behind them, and several times as wide: as good
/// as one network gets in minutes; 280,650 parameters, 16 million multiplications an image.
void add_best(Sequential& net);

/// As add_best(), narrower: 102,842 parameters, below 600 KB in a file; 5.7 million multiplications an image.
void add_small(Sequential& net);

}  // namespace antler::digits
