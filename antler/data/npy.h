// NumPy's .npy files (numpy.lib.format, versions 1.0 to 3.0).
#pragma once

#include <filesystem>

#include "antler/core/tensor.h"

namespace antler {

/// Reads an array of booleans, of 8 to 64 bit integers or of 16 to 64 bit floats, of either byte order and
/// either memory order, as float32. Throws Error for anything else: a file of another kind, of Python objects
/// or of a size other than its header says, or an array of more than Shape::max_rank axes.
Tensor read_npy(const std::filesystem::path& path);

/// Writes little-endian float32, byte for byte as numpy.save does. Throws Error as OutputFile does; an old
/// file at `path` is then untouched.
void write_npy(const std::filesystem::path& path, const Tensor& tensor);

}  // namespace antler
