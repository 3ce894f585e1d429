#include "antler/data/rows.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler {
namespace {

// Below this one thread is done before another is awake.
constexpr int64_t least_parallel = 1 << 16;

}  // namespace

void gather_rows(const Tensor& tensor, std::span<const int64_t> rows, float* out) {
  const int64_t count = tensor.rows();
  for (int64_t row : rows) {
    if (row < 0 || row >= count) {
      throw Error("row {} is not within a tensor of shape {}", row, tensor.shape().to_string());
    }
  }
  if (rows.empty()) return;
  const int64_t row_size = tensor.size() / count;
  const auto copy = [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      std::copy_n(tensor.data() + rows[static_cast<size_t>(i)] * row_size, row_size, out + i * row_size);
    }
  };
  const auto picked = static_cast<int64_t>(rows.size());
  if (picked * row_size < least_parallel) {
    copy(0, picked, 0);
  } else {
    parallel_for(picked, copy);
  }
}

Tensor gather_rows(const Tensor& tensor, std::span<const int64_t> rows) {
  Shape shape = tensor.shape();
  shape[0] = static_cast<int64_t>(rows.size());
  Tensor gathered = Tensor::uninitialized(shape);
  gather_rows(tensor, rows, gathered.data());
  return gathered;
}

}  // namespace antler
