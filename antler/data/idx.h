// Arrays in IDX files, the format of MNIST and its kin.
#pragma once

#include <filesystem>

#include "antler/core/tensor.h"

namespace antler {

/// Reads the array of an IDX file, plain or gzipped, of numbers of any of the format's six types, as they
/// are: MNIST's images are (60000, 28, 28) of 0 to 255, its labels (60000,). Whole numbers and doubles are
/// rounded to float32. Throws Error naming the file when it is no IDX file, or has more or fewer bytes than
/// it says.
Tensor read_idx(const std::filesystem::path& path);

}  // namespace antler
