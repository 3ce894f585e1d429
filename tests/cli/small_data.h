// Digits and models that are small enough for a test.
#pragma once

#include <cstdint>
#include <string>

#include "antler/layers/layers.h"
#include "antler/models/sequential.h"
#include "tests/core/temporary_folder.h"

namespace antler {

/// Rows as in Kaggle's train.csv (labelled) or test.csv: a bright bar on a noisy ground, at a height that
/// tells the digit.
std::string digit_rows(int64_t count, bool labelled);
/// The line above them.
std::string digit_header(bool labelled);
inline std::string digit_csv(int64_t count, bool labelled) {
  return digit_header(labelled) + digit_rows(count, labelled);
}

/// One dense softmax layer on images of this shape, with weights from a fixed seed, compiled.
Sequential small_classifier(const Shape& image, int64_t classes);
/// A small_classifier of digits in the folder.
void write_digit_reader(const TemporaryFolder& folder, const std::string& name);

}  // namespace antler
