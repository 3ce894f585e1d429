// A row of pixels, its maxima and its means, in place and moved by one pixel.
#include <cmath>

#include "docs/figures/figures.h"
#include "docs/figures/spirals.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace figures {
namespace {

constexpr int pixels = 24;
constexpr int window = 4;

// Two strokes of a pen, `moved` to the right.
Tensor row_of_pixels(int moved) {
  Tensor row({1, pixels, 1});
  for (int i = 0; i < pixels; ++i) {
    const double first = std::exp(-std::pow((i - moved - 5) / 1.2, 2));
    const double second = 0.6 * std::exp(-std::pow((i - moved - 13) / 0.8, 2));
    row[i] = static_cast<float>(first + second);
  }
  return row;
}

std::vector<double> values_of(const Tensor& tensor) {
  return {tensor.span().begin(), tensor.span().end()};
}

// What a layer makes of the row, a level line over each window.
visual::Series pooled(const std::string& name, const Layer& pooling, const Tensor& row) {
  Sequential net({Input({pixels, 1}), pooling});
  visual::Series series{.name = name, .x = {}, .y = {}};
  for (double value : values_of(net.predict(row))) {
    const size_t before = series.x.size() / 2;
    const auto windows = static_cast<double>(before);
    series.x.insert(series.x.end(), {windows * window - 0.5, (windows + 1) * window - 0.5});
    series.y.insert(series.y.end(), {value, value});
  }
  return series;
}

visual::Chart chart_of(const std::string& title, int moved) {
  const Tensor row = row_of_pixels(moved);
  return {.title = title,
          .x_label = "pixel",
          .y_label = "brightness",
          .series = {{.name = "pixels", .x = numbers(pixels), .y = values_of(row), .dashed = true},
                     pooled("MaxPooling1D(4)", MaxPooling1D({.pool_size = window}), row),
                     pooled("AveragePooling1D(4)", AveragePooling1D({.pool_size = window}), row)}};
}

}  // namespace

std::string pooling() {
  return visual::svg({chart_of("Two strokes", 0), chart_of("The same, moved by one pixel", 1)});
}

}  // namespace figures
