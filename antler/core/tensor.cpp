#include "antler/core/tensor.h"

#include <algorithm>
#include <utility>

#include "antler/core/error.h"

namespace antler {
namespace {

Shape resolve(const Shape& shape, int64_t size) {
  Shape known = shape;
  if (const auto unknown = std::count(shape.begin(), shape.end(), Shape::unknown); unknown > 1) {
    throw Error("the shape {} has more than one unknown extent", shape.to_string());
  } else if (unknown == 1) {
    const auto axis = static_cast<int>(std::find(shape.begin(), shape.end(), Shape::unknown) - shape.begin());
    known[axis] = 1;
    const int64_t others = known.size();
    known[axis] = others > 0 && size % others == 0 ? size / others : Shape::unknown;
  }
  if (known.has_unknown() || known.size() != size) {
    throw Error("cannot reshape {} elements to {}", size, shape.to_string());
  }
  return known;
}

}  // namespace

Tensor::Tensor(const Shape& shape, Uninitialized)
    : shape_(shape), size_(shape.size()), data_(allocate_floats(size_)) {}

Tensor Tensor::uninitialized(const Shape& shape) {
  return {shape, Uninitialized{}};
}

Tensor::Tensor(const Shape& shape, float fill) : Tensor(shape, Uninitialized{}) {
  std::fill_n(data(), size_, fill);
}

Tensor::Tensor(const Shape& shape, std::span<const float> values) : Tensor(shape, Uninitialized{}) {
  if (static_cast<int64_t>(values.size()) != size_) {
    throw Error("{} values do not fill a tensor of shape {}", values.size(), shape.to_string());
  }
  std::copy(values.begin(), values.end(), data());
}

Tensor::Tensor(const Tensor& other) : Tensor(other.shape_, Uninitialized{}) {
  std::copy_n(other.data(), size_, data());
}

Tensor& Tensor::operator=(const Tensor& other) {
  if (this != &other) *this = Tensor(other);
  return *this;
}

Tensor Tensor::reshape(const Shape& shape) const& {
  return Tensor(*this).reshape(shape);
}

Tensor Tensor::reshape(const Shape& shape) && {
  shape_ = resolve(shape, size_);
  return std::move(*this);
}

ConstView Tensor::rows(int64_t begin, int64_t end) const {
  if (begin < 0 || begin > end || end > rows()) {
    throw Error("rows {} to {} are not within a tensor of shape {}", begin, end, shape_.to_string());
  }
  Shape shape = shape_;
  shape[0] = end - begin;
  const int64_t row_size = rows() ? size_ / rows() : 0;
  return {data() + begin * row_size, shape};
}

}  // namespace antler
