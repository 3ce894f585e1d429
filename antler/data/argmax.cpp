#include "antler/data/argmax.h"

#include <algorithm>

namespace antler {

std::vector<int> argmax(const Tensor& scores) {
  std::vector<int> places;
  for (int64_t row = 0; row < scores.rows(); ++row) {
    const ConstView view = scores.rows(row, row + 1);
    places.push_back(static_cast<int>(std::max_element(view.data, view.data + view.size()) - view.data));
  }
  return places;
}

}  // namespace antler
