// Where fit, evaluate and predict get their batches from: tensors or a dataset, behind one interface.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// A batch on its way into the model. Refers to elements that last until the next one is asked for, or as
/// long as the data, see Batches::lasts().
struct BatchView {
  int64_t rows = 0;
  /// (rows, ...) for each input, and for each output where there are targets.
  std::vector<ConstView> x;
  std::vector<ConstView> y;
  /// One a row; empty: 1 each.
  std::span<const float> sample_weights;
};

/// Where an epoch begins: `epochs_before` epochs of this run are behind, `first_batch` batches of the epoch,
/// and `updates` updates of the model in all.
struct EpochStart {
  int epoch = 0;
  int epochs_before = 0;
  int64_t first_batch = 0;
  int64_t updates = 0;
};

class Batches {
 public:
  virtual ~Batches() = default;
  /// Batches an epoch; 0 while that is not known.
  virtual int64_t steps() const = 0;
  /// Of the targets of each output, with any batch extent; none where there are none.
  virtual std::vector<Shape> target_shapes() const = 0;
  virtual void begin_epoch(const EpochStart& start) = 0;
  /// Whether the epoch has more.
  virtual bool has_next() = 0;
  /// After has_next() said yes.
  virtual const BatchView& next() = 0;
  /// Whether the elements that a batch refers to are still there when the next ones have been asked for.
  virtual bool lasts() const { return false; }
};

/// Keras's warning that an epoch ended before it had all its steps.
void warn_that_data_ran_out();

}  // namespace antler
