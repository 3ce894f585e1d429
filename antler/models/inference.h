// Forward over many batches: what predict, evaluate and validation share.
#pragma once

#include <functional>

#include "antler/models/batches.h"
#include "antler/models/scores.h"
#include "antler/models/step.h"
#include "antler/models/watchers.h"
#include "antler/visual/progress_bar.h"

namespace antler {

/// Runs the model forward over an epoch of `data`, as in inference; begin(number) before each batch and
/// end(step, batch, number) after it, batch by batch in order. Where weights do not change and batches last,
/// each thread runs whole ones, as many at once as there are threads: they have all begun before the first
/// ends.
struct BatchVisitor {
  std::function<void(int64_t number)> begin;
  std::function<void(const Step& step, const BatchView& batch, int64_t number)> end;
  /// Callbacks may, between two batches.
  bool may_change_weights = true;
};
void for_each_batch(const Model::State& model, Batches& data, const BatchVisitor& visitor);

/// Loss and metrics over an epoch of `data`; tells the watchers on_test_begin, ..., on_test_end.
callbacks::Logs score(const Model::State& model, Batches& data, Watchers& watchers,
                      visual::ProgressBar* progress = nullptr);

}  // namespace antler
