// Stages of a dataset that remember something from batch to batch.
#pragma once

#include <cstdint>
#include <optional>
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

/// A Dataset::Next that draws from a buffer of the batches that follow in another.
class Shuffled {
 public:
  Shuffled(Dataset::Next next, int64_t buffer_size, const RandomStream& random);
  std::optional<Batch> operator()();

 private:
  Dataset::Next next_;
  size_t buffer_size_;
  RandomStream random_;
  uint64_t drawn_ = 0;
  bool ended_ = false;
  std::vector<Batch> buffer_;
};

}  // namespace antler
