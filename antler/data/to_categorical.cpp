#include "antler/data/to_categorical.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "antler/core/error.h"

namespace antler {
namespace {

// Above this not every integer has a float of its own.
constexpr float largest_integer = 0x1p24F;

int64_t count_classes(const Tensor& labels) {
  if (labels.empty()) throw Error("there are no labels to tell how many classes there are");
  return static_cast<int64_t>(*std::ranges::max_element(labels.span())) + 1;
}

Shape one_hot_shape(const Shape& labels, int64_t classes) {
  std::vector<int64_t> extents(labels.begin(), labels.end());
  if (extents.size() > 1 && extents.back() == 1) extents.pop_back();
  extents.push_back(classes);
  return Shape(extents);
}

}  // namespace

Tensor to_categorical(const Tensor& labels, int64_t classes) {
  if (classes < 0) throw Error("{} classes asked for; expected 1 or more, or 0 to count them", classes);
  for (int64_t i = 0; i < labels.size(); ++i) {
    if (!(labels[i] >= 0.0F && labels[i] <= largest_integer) || std::trunc(labels[i]) != labels[i]) {
      throw Error("label {} is {}; expected the number of a class: an integer, 0 or more", i, labels[i]);
    }
  }
  if (classes == 0) classes = count_classes(labels);

  Tensor result(one_hot_shape(labels.shape(), classes));
  for (int64_t i = 0; i < labels.size(); ++i) {
    const auto label = static_cast<int64_t>(labels[i]);
    if (label >= classes) throw Error("label {} is {}; expected less than the {} classes", i, label, classes);
    result[i * classes + label] = 1.0F;
  }
  return result;
}

}  // namespace antler
