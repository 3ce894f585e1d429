// Dense float32 arrays: the owning Tensor and the views that operations work on.
#pragma once

#include <initializer_list>
#include <span>

#include "antler/core/memory.h"
#include "antler/core/shape.h"

namespace antler {

/// Elements somebody else owns, to be read.
struct ConstView {
  const float* data = nullptr;
  Shape shape;
  int64_t size() const { return shape.size(); }
  std::span<const float> span() const { return {data, static_cast<size_t>(size())}; }
};

/// Elements somebody else owns, to be written.
struct View {
  float* data = nullptr;
  Shape shape;
  int64_t size() const { return shape.size(); }
  std::span<float> span() const { return {data, static_cast<size_t>(size())}; }
  // NOLINTNEXTLINE(google-explicit-constructor): what may be written may be read
  operator ConstView() const { return {data, shape}; }
};

/// A contiguous float32 array, row-major, channels last. A value: copying copies the elements.
class Tensor {
 public:
  Tensor() : Tensor(Shape{0}) {}
  /// All zeros.
  explicit Tensor(const Shape& shape) : Tensor(shape, 0.0F) {}
  Tensor(const Shape& shape, float fill);
  /// Throws Error when `values` has another size than `shape`.
  Tensor(const Shape& shape, std::span<const float> values);
  Tensor(const Shape& shape, std::initializer_list<float> values)
      : Tensor(shape, std::span(values.begin(), values.size())) {}
  /// Elements not set: for buffers that are about to be filled.
  static Tensor uninitialized(const Shape& shape);

  Tensor(const Tensor& other);
  Tensor& operator=(const Tensor& other);
  Tensor(Tensor&&) noexcept = default;
  Tensor& operator=(Tensor&&) noexcept = default;
  ~Tensor() = default;

  const Shape& shape() const { return shape_; }
  int64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Extent of the first axis: how many samples a data set has.
  int64_t rows() const { return shape_[0]; }

  float* data() { return data_.get(); }
  const float* data() const { return data_.get(); }
  std::span<float> span() { return {data(), static_cast<size_t>(size_)}; }
  std::span<const float> span() const { return {data(), static_cast<size_t>(size_)}; }
  float& operator[](int64_t flat) { return data_[static_cast<size_t>(flat)]; }
  float operator[](int64_t flat) const { return data_[static_cast<size_t>(flat)]; }

  View view() { return {data(), shape_}; }
  ConstView view() const { return {data(), shape_}; }

  /// The same elements under another shape; one extent may be `Shape::unknown` and is then worked out.
  /// Throws Error when the sizes differ.
  Tensor reshape(const Shape& shape) const&;
  Tensor reshape(const Shape& shape) &&;

  /// Rows `begin` up to `end` as a view: the batch axis cut, nothing copied.
  ConstView rows(int64_t begin, int64_t end) const;

 private:
  struct Uninitialized {};
  Tensor(const Shape& shape, Uninitialized);

  Shape shape_;
  int64_t size_ = 0;
  AlignedFloats data_;
};

}  // namespace antler
