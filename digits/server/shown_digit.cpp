#include "digits/server/shown_digit.h"

#include <algorithm>
#include <cmath>

namespace antler::digits::server {

Json pixels_json(const Tensor& images, int64_t row) {
  const int64_t size = images.size() / images.rows();
  Json::array_t pixels;
  pixels.reserve(static_cast<size_t>(size));
  for (int64_t pixel = 0; pixel < size; ++pixel)
    pixels.emplace_back(std::lround(images[row * size + pixel] * 255.0F));
  return pixels;
}

Json shown_digit(const Digits& digits, const Tensor& probabilities, int64_t row) {
  const auto own = probabilities.span().subspan(static_cast<size_t>(row * 10), 10);
  return {{"row", row + 1},
          {"label", static_cast<int>(digits.labels[row])},
          {"digit", std::ranges::max_element(own) - own.begin()},
          {"probabilities", own},
          {"pixels", pixels_json(digits.images, row)}};
}

}  // namespace antler::digits::server
