#include "antler/ops/update.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler::ops {
namespace {

// Threads share no cache line.
constexpr auto line = static_cast<int64_t>(alignment / sizeof(float));
// Below this, waking threads costs more than they save.
constexpr int64_t worth_threads = 16384;

void check_shape(const Shape& weight, const Shape& other, const char* what) {
  if (weight == other) return;
  throw Error("a weight of shape {} cannot be updated by {} of shape {}", weight.to_string(), what,
              other.to_string());
}

template <typename Kernel>
void run_over(View weight, ConstView gradient, const UpdateSlots& slots, const Kernel& kernel) {
  check_shape(weight.shape, gradient.shape, "a gradient");
  for (const View& slot : slots) {
    if (slot.data != nullptr) check_shape(weight.shape, slot.shape, "a slot");
  }
  const int64_t count = weight.size();
  const auto run = [&](int64_t begin, int64_t end) {
    kernels::WeightRun part{
        .weight = weight.data + begin, .gradient = gradient.data + begin, .slots = {}, .count = end - begin};
    for (size_t i = 0; i < slots.size(); ++i) {
      if (slots[i].data != nullptr) part.slots[i] = slots[i].data + begin;
    }
    kernel(part);
  };
  if (count < worth_threads) {
    run(0, count);
    return;
  }
  parallel_for((count + line - 1) / line, [&](int64_t begin, int64_t end, int /*thread*/) {
    run(begin * line, std::min(count, end * line));
  });
}

}  // namespace

void update(View weight, ConstView gradient, const UpdateSlots& slots, const SgdStep& step) {
  run_over(weight, gradient, slots, [&](const kernels::WeightRun& run) { kernels::sgd(run, step); });
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const RmspropStep& step) {
  run_over(weight, gradient, slots, [&](const kernels::WeightRun& run) { kernels::rmsprop(run, step); });
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdamStep& step) {
  run_over(weight, gradient, slots, [&](const kernels::WeightRun& run) { kernels::adam(run, step); });
}

}  // namespace antler::ops
