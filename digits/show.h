// Digits in the terminal, and on a sheet.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "antler/visual/pixels.h"
#include "digits/selection.h"

namespace antler::digits {

struct ShowOptions {
  /// Kaggle's train.csv or test.csv; may be gzipped.
  std::filesystem::path csv;
  /// Digits to show, the first of them counting from 1; fewer where there are no more.
  int64_t first = 1;
  int64_t count = 5;
  /// Where there are any, what they read stands above each digit.
  std::vector<std::filesystem::path> models = {};
  Selection selection = {};
  /// Only digits that are read as another one than their label says, the surest first: by the shipped model
  /// where there is no other.
  bool wrong = false;
  visual::PixelStyle style = visual::PixelStyle::shades;
  /// Digits beside each other, as many as fit.
  int64_t columns = 80;
};

/// The digits as text, each under a line "row 3: label 7, read as 1 (98 %)". Throws Error when a file cannot
/// be read, a model is no digit reader, there are fewer digits than `first`, or wrong ones are asked for
/// where there are no labels.
std::string show_csv(const ShowOptions& options);

/// The same digits in rows as an SVG image, "7 read as 1, 98 %" below each. Throws Error likewise.
std::string sheet_of_csv(const ShowOptions& options);

}  // namespace antler::digits
