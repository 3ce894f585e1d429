#include "digits/centring.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"

namespace antler::digits {
namespace {

constexpr int64_t side = 28;
constexpr int64_t digit_side = 20;
constexpr int least_contrast = 16;    // of 255 between paper and the strongest ink; below, it is noise
constexpr float faintest_ink = 0.2F;  // of the strongest: what is fainter is the paper's grain and shadows

// Ink from 0 to 1, row by row.
struct Ink {
  int64_t width = 0;
  int64_t height = 0;
  std::vector<float> values;

  float at(int64_t row, int64_t column) const { return values[static_cast<size_t>(row * width + column)]; }
  float& at(int64_t row, int64_t column) { return values[static_cast<size_t>(row * width + column)]; }
};

struct Box {
  int64_t top, bottom, left, right;  // bottom and right lie behind the last row and column
};

// The median shade of the outermost rows and columns.
int shade_of_paper(const GreyPicture& picture) {
  std::vector<uint8_t> border;
  for (int64_t row = 0; row < picture.height; ++row) {
    const bool whole_row = row == 0 || row == picture.height - 1;
    for (int64_t column = 0; column < picture.width; ++column) {
      if (whole_row || column == 0 || column == picture.width - 1)
        border.push_back(picture.shades[static_cast<size_t>(row * picture.width + column)]);
    }
  }
  const auto middle = border.begin() + static_cast<std::ptrdiff_t>(border.size() / 2);
  std::ranges::nth_element(border, middle);
  return *middle;
}

Ink ink_of(const GreyPicture& picture) {
  const int paper = shade_of_paper(picture);
  const bool dark_paper = paper < 128;
  const auto contrast = [&](uint8_t shade) {
    return std::max(dark_paper ? shade - paper : paper - shade, 0);
  };
  int strongest = 0;
  for (uint8_t shade : picture.shades) strongest = std::max(strongest, contrast(shade));
  if (strongest < least_contrast)
    throw Error("the picture is blank: nothing on it stands out from the paper");
  Ink ink{.width = picture.width, .height = picture.height, .values = {}};
  for (uint8_t shade : picture.shades) {
    const float value = static_cast<float>(contrast(shade)) / static_cast<float>(strongest);
    ink.values.push_back(value < faintest_ink ? 0.0F : value);
  }
  return ink;
}

Box box_around(const Ink& ink) {
  Box box{.top = ink.height, .bottom = 0, .left = ink.width, .right = 0};
  for (int64_t row = 0; row < ink.height; ++row) {
    for (int64_t column = 0; column < ink.width; ++column) {
      if (ink.at(row, column) == 0.0F) continue;
      box = {.top = std::min(box.top, row),
             .bottom = row + 1,
             .left = std::min(box.left, column),
             .right = std::max(box.right, column + 1)};
    }
  }
  return box;
}

// Calls take(source, share) for what pixel `target` of `targets` covers of [begin, end), shares summing to 1.
template <typename Take>
void for_each_covered(int64_t target, int64_t targets, int64_t begin, int64_t end, const Take& take) {
  const double extent = static_cast<double>(end - begin) / static_cast<double>(targets);
  const double from = static_cast<double>(target) * extent;
  const double to = from + extent;
  for (auto source = static_cast<int64_t>(from); begin + source < end; ++source) {
    const double covered =
        std::min(to, static_cast<double>(source + 1)) - std::max(from, static_cast<double>(source));
    if (covered <= 0.0) break;
    take(begin + source, static_cast<float>(covered / extent));
  }
}

// The box's ink on height x width pixels, the strongest of them 1 again.
Ink scaled(const Ink& ink, const Box& box, int64_t height, int64_t width) {
  Ink small{.width = width, .height = height, .values = {}};
  small.values.resize(static_cast<size_t>(height * width));
  for (int64_t row = 0; row < height; ++row) {
    for_each_covered(row, height, box.top, box.bottom, [&](int64_t from_row, float row_share) {
      for (int64_t column = 0; column < width; ++column) {
        for_each_covered(column, width, box.left, box.right, [&](int64_t from_column, float share) {
          small.at(row, column) += row_share * share * ink.at(from_row, from_column);
        });
      }
    });
  }
  const float strongest = *std::ranges::max_element(small.values);
  for (float& value : small.values) value /= strongest;
  return small;
}

Ink scaled_to_fit(const Ink& ink) {
  const Box box = box_around(ink);
  const int64_t height = box.bottom - box.top;
  const int64_t width = box.right - box.left;
  const double scale = static_cast<double>(digit_side) / static_cast<double>(std::max(height, width));
  const auto fitted = [&](int64_t extent) {
    return std::max<int64_t>(std::llround(static_cast<double>(extent) * scale), 1);
  };
  return scaled(ink, box, fitted(height), fitted(width));
}

struct Point {
  double row, column;
};

// In pixels from the upper left corner; a pixel's own centre is at its half.
Point centre_of_mass(const Ink& ink) {
  double sum = 0.0;
  Point moment{.row = 0.0, .column = 0.0};
  for (int64_t row = 0; row < ink.height; ++row) {
    for (int64_t column = 0; column < ink.width; ++column) {
      const double mass = ink.at(row, column);
      sum += mass;
      moment.row += mass * (static_cast<double>(row) + 0.5);
      moment.column += mass * (static_cast<double>(column) + 0.5);
    }
  }
  return {.row = moment.row / sum, .column = moment.column / sum};
}

int64_t offset(double centre, int64_t extent) {
  return std::clamp<int64_t>(std::llround(static_cast<double>(side) / 2.0 - centre), 0, side - extent);
}

}  // namespace

Tensor centred_digit(const GreyPicture& picture) {
  const bool has_size = picture.width > 0 && picture.height > 0;
  if (!has_size || picture.shades.size() != static_cast<size_t>(picture.width * picture.height)) {
    throw Error("the picture has {} shades; expected {} x {}", picture.shades.size(), picture.width,
                picture.height);
  }
  const Ink digit = scaled_to_fit(ink_of(picture));
  const Point centre = centre_of_mass(digit);
  const int64_t top = offset(centre.row, digit.height);
  const int64_t left = offset(centre.column, digit.width);
  Tensor image({side, side, 1});
  for (int64_t row = 0; row < digit.height; ++row) {
    for (int64_t column = 0; column < digit.width; ++column)
      image[(top + row) * side + left + column] = digit.at(row, column);
  }
  return image;
}

}  // namespace antler::digits
