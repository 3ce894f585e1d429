#include "antler/ops/update.h"

#include "antler/core/error.h"
#include "antler/ops/ranges.h"

namespace antler::ops {
namespace {

void check_shape(const Shape& weight, const Shape& other, const char* what) {
  if (weight == other) return;
  throw Error("a weight of shape {} cannot be updated by {} of shape {}", weight.to_string(), what,
              other.to_string());
}

template <typename Step>
using Kernel = void (*)(const kernels::WeightRun& run, const Step& step);

template <typename Step>
void run_over(View weight, ConstView gradient, const UpdateSlots& slots, const Step& step,
              Kernel<Step> kernel) {
  check_shape(weight.shape, gradient.shape, "a gradient");
  for (const View& slot : slots) {
    if (slot.data != nullptr) check_shape(weight.shape, slot.shape, "a slot");
  }
  for_each_range(weight.size(), [&](int64_t begin, int64_t end) {
    kernels::WeightRun run{
        .weight = weight.data + begin, .gradient = gradient.data + begin, .slots = {}, .count = end - begin};
    for (size_t i = 0; i < slots.size(); ++i) {
      if (slots[i].data != nullptr) run.slots[i] = slots[i].data + begin;
    }
    kernel(run, step);
  });
}

}  // namespace

void update(View weight, ConstView gradient, const UpdateSlots& slots, const SgdStep& step) {
  run_over(weight, gradient, slots, step, kernels::sgd);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const RmspropStep& step) {
  run_over(weight, gradient, slots, step, kernels::rmsprop);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdamStep& step) {
  run_over(weight, gradient, slots, step, kernels::adam);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdamaxStep& step) {
  run_over(weight, gradient, slots, step, kernels::adamax);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const NadamStep& step) {
  run_over(weight, gradient, slots, step, kernels::nadam);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdagradStep& step) {
  run_over(weight, gradient, slots, step, kernels::adagrad);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdadeltaStep& step) {
  run_over(weight, gradient, slots, step, kernels::adadelta);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const LionStep& step) {
  run_over(weight, gradient, slots, step, kernels::lion);
}

void update(View weight, ConstView gradient, const UpdateSlots& slots, const FtrlStep& step) {
  run_over(weight, gradient, slots, step, kernels::ftrl);
}

}  // namespace antler::ops
