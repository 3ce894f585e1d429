// Kaggle's digits: train.csv and test.csv in, the submission out.
#pragma once

#include <filesystem>
#include <span>

#include "antler/core/tensor.h"

namespace antler::digits {

struct Digits {
  Tensor images;  ///< (digits, 28, 28, 1), from 0 (background) to 1
  Tensor labels;  ///< (digits,), 0 to 9; empty when the file has none
};

/// Whether a file must have a column of labels.
enum class Labels { required, absent, either };

/// Reads rows of 784 pixels, 0 to 255, behind their label if there is one, below a header that names the
/// columns [label,]pixel0,...,pixel783; plain or gzipped. Pixels become float32(pixel) / float32(255), as
/// NumPy divides. Throws Error naming the file, and the row (the first below the header is row 1) and column
/// where it applies, for anything else.
///
/// A file named ...-images-idx3-ubyte, with .gz or without, is read as MNIST's own format is, together with
/// the ...-labels-idx1-ubyte beside it unless labels are `absent`; where `either` will do, it may be missing.
Digits read_digits(const std::filesystem::path& path, Labels labels);

/// Writes labelled digits as a CSV file that read_digits() reads: pixels are rounded to whole 255ths. Throws
/// Error as OutputFile does; an old file at `path` is then untouched.
void write_digits(const std::filesystem::path& path, const Digits& digits);

/// Writes the submission Kaggle expects: "ImageId,Label" and a row for each label, ImageId counting from 1.
/// Throws Error as OutputFile does; an old file at `path` is then untouched.
void write_submission(const std::filesystem::path& path, std::span<const int> labels);

}  // namespace antler::digits
