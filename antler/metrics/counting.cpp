#include "antler/metrics/counting.h"

#include <functional>
#include <numeric>

#include "antler/core/error.h"

namespace antler::metrics {
namespace {

int64_t product(std::span<const int64_t> extents) {
  return std::accumulate(extents.begin(), extents.end(), int64_t{1}, std::multiplies<>());
}

}  // namespace

Weights::Weights(std::span<const float> given, int64_t count) : given_(given) {
  if (given.empty()) return;
  const auto weights = static_cast<int64_t>(given.size());
  if (count % weights != 0) {
    throw Error("there are {} sample weights for {} values; expected one for each sample", weights, count);
  }
  values_of_each_ = count / weights;
}

void begin(State& state, size_t size) {
  if (state.empty()) state.assign(size, 0.0);
  if (state.size() != size) throw Error("a metric has counted {} numbers; expected {}", state.size(), size);
}

State begun(State state, size_t size) {
  begin(state, size);
  return state;
}

void refuse_shapes(const Shape& y_true, const Shape& y_pred) {
  throw Error("targets of shape {} do not fit predictions of shape {}", y_true.to_string(),
              y_pred.to_string());
}

int64_t elements_of_sample(const Shape& shape) {
  return product(shape.extents().subspan(1));
}

int64_t rows_of_sample(const Shape& shape) {
  if (shape.rank() < 2) return 1;
  return product(shape.extents().subspan(1, static_cast<size_t>(shape.rank()) - 2));
}

void check_equal_elements(const Shape& y_true, const Shape& y_pred) {
  if (y_true.rank() < 1 || y_pred.rank() < 1 || elements_of_sample(y_true) != elements_of_sample(y_pred))
    refuse_shapes(y_true, y_pred);
}

void check_matrices(const Shape& y_true, const Shape& y_pred) {
  if (y_true.rank() != 2 || y_pred.rank() != 2 || y_true[1] != y_pred[1]) refuse_shapes(y_true, y_pred);
}

}  // namespace antler::metrics
