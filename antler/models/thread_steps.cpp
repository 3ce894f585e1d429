#include "antler/models/thread_steps.h"

#include <utility>

#include "antler/core/parallel.h"

namespace antler {
namespace {

// Of a step that a thread runs alone, 32 MB: a larger one would not stay in a cache, and as many as there are
// threads could fill the memory.
constexpr int64_t largest_arena = int64_t{8} << 20;

}  // namespace

ThreadSteps::ThreadSteps(const Model::State& model, StepOptions options)
    : model_(model), options_(std::move(options)), steps_(static_cast<size_t>(thread_count())) {}

Step& ThreadSteps::of(int thread, int64_t batch) {
  const std::scoped_lock lock(planning_);
  std::unique_ptr<Step>& step = steps_[static_cast<size_t>(thread)];
  if (step && step->batch() == batch) return *step;
  StepOptions options = options_;
  options.batch = batch;
  step = std::make_unique<Step>(model_, options);
  const Step& first = *steps_.front();
  if (thread > 0 && first.batch() == batch) step->share_prepared(first);
  return *step;
}

bool ThreadSteps::go_side_by_side(int64_t batches) {
  Step& first = *steps_.front();
  if (!options_.weights_stay || batches < 2 * thread_count() || first.arena_floats() > largest_arena)
    return false;
  first.prepare();
  return true;
}

}  // namespace antler
