// Stages of a dataset that remember something from batch to batch.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "antler/core/random.h"
#include "antler/data/dataset.h"

namespace antler {

/// Rows `begin` up to `end` of a batch.
Batch rows_of(const Batch& batch, int64_t begin, int64_t end);

/// A Dataset::Next that cuts the rows of another to batches of `size`. Throws Error when rows differ in
/// shape.
class Rebatched {
 public:
  Rebatched(Dataset::Next next, int64_t size, bool drop_remainder);
  std::optional<Batch> operator()();

 private:
  /// Takes batches until there is one with rows left; false at the end.
  bool has_rows();

  Dataset::Next next_;
  int64_t size_;
  bool drop_remainder_;
  bool ended_ = false;
  /// The batch at hand, of which `used_` rows are given already.
  Batch batch_;
  int64_t rows_ = 0;
  int64_t used_ = 0;
};

/// Gives the rows of tensors by their numbers, in batches of `size`: what Rebatched gives of single samples.
class Gathered {
 public:
  /// `next_row` gives the next row's number, or nothing at the end.
  Gathered(std::shared_ptr<const Batch> tensors, std::function<std::optional<int64_t>()> next_row,
           int64_t size, bool drop_remainder);
  std::optional<Batch> operator()();

 private:
  std::shared_ptr<const Batch> tensors_;
  std::function<std::optional<int64_t>()> next_row_;
  int64_t size_;
  bool drop_remainder_;
  std::vector<int64_t> rows_;
};

/// Gives what `next` gives, batches or the numbers of rows, drawn from a buffer of those that follow.
template <typename Item>
class Shuffled {
 public:
  Shuffled(std::function<std::optional<Item>()> next, int64_t buffer_size, const RandomStream& random)
      : next_(std::move(next)), buffer_size_(static_cast<size_t>(buffer_size)), random_(random) {}

  std::optional<Item> operator()() {
    while (!ended_ && buffer_.size() < buffer_size_) {
      std::optional<Item> item = next_();
      ended_ = !item;
      if (item) buffer_.push_back(std::move(*item));
    }
    if (buffer_.empty()) return std::nullopt;
    const uint64_t drawn = (uint64_t{random_.bits(drawn_++)} * buffer_.size()) >> 32;
    std::swap(buffer_[drawn], buffer_.back());
    Item item = std::move(buffer_.back());
    buffer_.pop_back();
    return item;
  }

 private:
  std::function<std::optional<Item>()> next_;
  size_t buffer_size_;
  RandomStream random_;
  uint64_t drawn_ = 0;
  bool ended_ = false;
  std::vector<Item> buffer_;
};

}  // namespace antler
