// What a model is fed: one tensor, or several.
#pragma once

#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// A tensor for each of a model's inputs or outputs, in their order. Refers to tensors, which must outlive
/// the call it is passed to; a single one serves as it stands.
class Tensors {
 public:
  Tensors() = default;
  Tensors(const Tensor& one) : tensors_{&one} {}  // NOLINT(google-explicit-constructor)
  Tensors(const std::vector<Tensor>& several) {   // NOLINT(google-explicit-constructor)
    for (const Tensor& each : several) tensors_.push_back(&each);
  }

  size_t size() const { return tensors_.size(); }
  bool empty() const { return tensors_.empty(); }
  const Tensor& operator[](size_t index) const { return *tensors_[index]; }
  const Tensor& front() const { return *tensors_.front(); }

 private:
  std::vector<const Tensor*> tensors_;
};

}  // namespace antler
