// Digits in the terminal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "antler/visual/pixels.h"

namespace antler::digits {

struct ShowOptions {
  /// Kaggle's train.csv or test.csv; may be gzipped.
  std::filesystem::path csv;
  /// Rows to show, the first of them counting from 1; fewer where the file ends.
  int64_t first = 1;
  int64_t count = 5;
  /// Where there are any, what they read stands above each digit.
  std::vector<std::filesystem::path> models = {};
  visual::PixelStyle style = visual::PixelStyle::shades;
  /// Digits beside each other, as many as fit.
  int64_t columns = 80;
};

/// The digits as text, each under a line "row 3: label 7, read as 1 (98 %)". Throws Error when a file cannot
/// be read, a model is no digit reader, or the file has fewer rows than `first`.
std::string show_csv(const ShowOptions& options);

}  // namespace antler::digits
