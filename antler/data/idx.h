// IDX files, in which MNIST and its kin are published: http://yann.lecun.com/exdb/mnist
#pragma once

#include <filesystem>

#include "antler/core/tensor.h"

namespace antler {

/// Reads an array of unsigned bytes, plain or gzipped, as float32: images are (samples, height, width),
/// labels (samples,). Throws Error for a file of another kind or element type, of more than Shape::max_rank
/// axes, and of another size than its header says.
Tensor read_idx(const std::filesystem::path& path);

}  // namespace antler
