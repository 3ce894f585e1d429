// Batches of tensors in memory.
#pragma once

#include <optional>
#include <vector>

#include "antler/models/batches.h"
#include "antler/models/tensors.h"

namespace antler {

/// Rows `begin` up to `end` of inputs and targets. The tensors stay the caller's.
struct Rows {
  Tensors x;
  Tensors y;
  int64_t begin = 0;
  int64_t end = 0;
  int64_t count() const { return end - begin; }
};

struct TensorBatchesOptions {
  int64_t batch_size = 32;
  /// One for each row of the tensors; empty: 1 each.
  std::vector<float> sample_weights = {};
  /// Rows are shuffled by this seed and the number of updates before them; without, they keep their order.
  std::optional<uint64_t> shuffle_seed = {};
  /// 0: all of a pass. Else the next epoch goes on where the last one ended.
  int64_t steps = 0;
};

/// Rows in their order are handed out where they lie, shuffled ones are copied to a buffer.
class TensorBatches : public Batches {
 public:
  TensorBatches(const Rows& rows, const TensorBatchesOptions& options);

  int64_t steps() const override;
  std::vector<Shape> target_shapes() const override;
  void begin_epoch(const EpochStart& start) override;
  bool has_next() override { return next_ < end_; }
  const BatchView& next() override;
  bool lasts() const override { return !options_.shuffle_seed; }

 private:
  /// Batches of a pass over all rows.
  int64_t batches() const;
  void shuffle(uint64_t turn);
  void view_in_place(int64_t begin, int64_t end);
  void view_shuffled(int64_t first, int64_t count);

  const Rows rows_;
  const TensorBatchesOptions options_;
  /// The batches of this epoch that are left, counted from the begin of the pass.
  int64_t next_ = 0;
  int64_t end_ = 0;
  /// Rows in the order of this epoch, and buffers for a batch of them.
  std::vector<int64_t> order_;
  std::vector<Tensor> x_;
  std::vector<Tensor> y_;
  std::vector<float> weights_;
  BatchView view_;
};

}  // namespace antler
