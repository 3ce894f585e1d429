#include "antler/optimizers/build.h"

#include "antler/core/error.h"

namespace antler::optimizers {
namespace {

std::vector<Tensor> like(std::span<const View> weights, float value) {
  std::vector<Tensor> tensors;
  for (const View& weight : weights) tensors.emplace_back(weight.shape, value);
  return tensors;
}

}  // namespace

void build(Optimizer& optimizer, std::span<const View> weights) {
  const Rule& rule = optimizer.rule();
  const size_t slots = rule.slots().size();
  if (slots > max_slots) {
    throw Error("optimizer '{}' keeps {} tensors a weight; expected at most {}", rule.class_name(), slots,
                max_slots);
  }
  State& state = optimizer.state();
  if (state.slots.empty()) {
    for (size_t slot = 0; slot < slots; ++slot)
      state.slots.push_back(like(weights, rule.initial_slot_value(slot)));
  }
  if (optimizer.options().use_ema && state.averages.empty()) state.averages = like(weights, 0.0F);
  if (optimizer.accumulates_gradients() && state.accumulated_gradients.empty())
    state.accumulated_gradients = like(weights, 0.0F);
}

}  // namespace antler::optimizers
