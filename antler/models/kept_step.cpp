#include "antler/models/kept_step.h"

#include "antler/core/parallel.h"
#include "antler/models/step.h"

namespace antler {

// 16 MB.
constexpr int64_t largest_kept_arena = int64_t{4} << 20;

KeptStep::KeptStep() = default;
KeptStep::KeptStep(const KeptStep& /*other*/) {}
KeptStep& KeptStep::operator=(const KeptStep& other) {
  if (this != &other) drop();
  return *this;
}
KeptStep::~KeptStep() = default;

std::unique_ptr<Step> KeptStep::take(int64_t batch) {
  const std::scoped_lock lock(guard_);
  if (!step_ || step_->batch() != batch || threads_ != thread_count()) return nullptr;
  return std::move(step_);
}

void KeptStep::keep(std::unique_ptr<Step> step) {
  if (step->arena_floats() > largest_kept_arena) return;
  const std::scoped_lock lock(guard_);
  step_ = std::move(step);
  threads_ = thread_count();
}

void KeptStep::drop() {
  const std::scoped_lock lock(guard_);
  step_.reset();
}

}  // namespace antler
