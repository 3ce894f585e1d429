// Steps of inference for threads that run whole batches, each its own.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "antler/models/step.h"

namespace antler {

class ThreadSteps {
 public:
  /// `options` hold for each step; its batch is what of() is asked for.
  ThreadSteps(const Model::State& model, StepOptions options);

  /// Thread number `thread`'s step for batches of this size, planned when first asked for; thread 0's first
  /// of all. May be called by all threads at the same time.
  Step& of(int thread, int64_t batch);

  /// Whether each thread had better run whole batches: where there are enough of them, and what one needs
  /// stays in a cache. Thread 0's step must have been planned. If so, its weights, laid out now, serve all.
  bool go_side_by_side(int64_t batches);

 private:
  const Model::State& model_;
  StepOptions options_;
  std::mutex planning_;
  std::vector<std::unique_ptr<Step>> steps_;
};

}  // namespace antler
