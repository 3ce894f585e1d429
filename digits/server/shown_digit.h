// Digits with their pictures, for the page.
#pragma once

#include "antler/core/json.h"
#include "antler/core/tensor.h"
#include "digits/dataset.h"

namespace antler::digits::server {

/// The 784 pixels of image `row`, (28, 28, 1) from 0 to 1, in whole numbers from 0 to 255.
Json pixels_json(const Tensor& images, int64_t row);

/// {"row", "label", "digit", "probabilities", "pixels"} of labelled digit `row`; "row" counts from 1.
/// `probabilities` are (digits, 10).
Json shown_digit(const Digits& digits, const Tensor& probabilities, int64_t row);

}  // namespace antler::digits::server
