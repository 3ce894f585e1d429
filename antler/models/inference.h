// Forward over many rows: what predict, evaluate and validation share.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "antler/models/scores.h"
#include "antler/models/step.h"
#include "antler/models/tensors.h"
#include "antler/visual/progress_bar.h"

namespace antler {

/// Rows `begin` up to `end` of inputs and targets. The tensors stay the caller's.
struct Rows {
  Tensors x;
  Tensors y;
  int64_t begin = 0;
  int64_t end = 0;
  int64_t count() const { return end - begin; }
  /// Of the targets of each output.
  std::vector<Shape> target_shapes() const;
};

/// Runs the model forward over the rows in order, in batches of at most `batch_size`, as in inference;
/// visit(step, first row) after each.
void for_each_batch(const Model::State& model, const Rows& rows, int64_t batch_size,
                    const std::function<void(const Step& step, int64_t first)>& visit);

/// Loss and metrics over the rows.
Scores score(const Model::State& model, const Rows& rows, int64_t batch_size,
             visual::ProgressBar* progress = nullptr);

}  // namespace antler
