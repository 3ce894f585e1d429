// Batches of a dataset.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "antler/models/batches.h"
#include "antler/models/model.h"

namespace antler {

struct DatasetBatchesOptions {
  /// 0: all of a pass. Else the next epoch goes on where the last one ended.
  int64_t steps = 0;
  std::map<int, double> class_weight = {};
  bool with_targets = true;
};

/// Checks each batch against the model and the first batch; an Error names the batch.
class DatasetBatches : public Batches {
 public:
  /// Reads the first batch, by which shapes are known. Throws Error when there is none, or no end and no
  /// number of steps.
  DatasetBatches(const Model& model, const Dataset& data, const DatasetBatchesOptions& options);

  const Batch& first() const { return *pending_; }
  /// Throws Error when the first batch does not fit the model, which is to be built by then.
  void check_first() const;

  int64_t steps() const override;
  std::vector<Shape> target_shapes() const override;
  void begin_epoch(const EpochStart& start) override;
  bool has_next() override;
  const BatchView& next() override;

 private:
  void begin_pass(int64_t pass);
  /// Whether the pass has more.
  bool peek();
  /// Reads and drops a batch; false at the end of the pass.
  bool skip();
  /// To where an epoch of `options_.steps` batches begins, as the epochs before it would have come there.
  void find_epoch(int epochs_before);
  void check(const Batch& batch, int64_t number) const;

  const Model& model_;
  const Dataset data_;
  const DatasetBatchesOptions options_;
  Dataset::Next read_;
  int64_t pass_ = 0;
  /// Batches of this pass, and of this epoch, handed out.
  int64_t taken_ = 0;
  int64_t taken_in_epoch_ = 0;
  int epoch_ = -1;
  bool pass_has_ended_ = false;
  int64_t known_steps_ = 0;
  std::optional<Batch> pending_;
  Batch batch_;
  std::vector<Shape> target_shapes_;
  std::vector<float> weights_;
  BatchView view_;
};

}  // namespace antler
