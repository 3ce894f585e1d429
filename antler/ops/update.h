// How optimizers move weights: one pass over each weight, its gradient and its slots, spread over threads.
#pragma once

#include <span>

#include "antler/core/tensor.h"
#include "antler/ops/kernels/update.h"

namespace antler::ops {

using kernels::AdamStep;
using kernels::RmspropStep;
using kernels::SgdStep;

/// What an optimizer remembers of a weight, all of its shape; null data for what the step does without.
using UpdateSlots = std::array<View, 3>;

/// v = momentum * v - lr * g; w += v, or with Nesterov's momentum w += momentum * v - lr * g. Without a
/// velocity: w -= lr * g. Throws Error when the shapes differ, as all updates do.
void update(View weight, ConstView gradient, const UpdateSlots& slots, const SgdStep& step);
/// v = rho * v + (1 - rho) * g^2, a = rho * a + (1 - rho) * g, change = lr * g / sqrt(v - a^2 + epsilon);
/// m = momentum * m + change, w -= m. Without a: v alone under the root; without m: w -= change.
void update(View weight, ConstView gradient, const UpdateSlots& slots, const RmspropStep& step);
/// m += (g - m) * (1 - beta_1), v += (g^2 - v) * (1 - beta_2), w -= alpha * m / (sqrt(v) + epsilon), with the
/// largest v so far where there is a slot for it.
void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdamStep& step);

}  // namespace antler::ops
