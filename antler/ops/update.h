// How optimizers move weights: one pass over each weight, its gradient and its slots, spread over threads.
#pragma once

#include <span>

#include "antler/core/tensor.h"
#include "antler/ops/kernels/update.h"

namespace antler::ops {

using kernels::AdadeltaStep;
using kernels::AdagradStep;
using kernels::AdamaxStep;
using kernels::AdamStep;
using kernels::FtrlStep;
using kernels::LionStep;
using kernels::NadamStep;
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
/// m += (g - m) * (1 - beta_1), u = max(beta_2 * u, |g|), w -= lr * m / ((1 - beta_1^t) * (u + epsilon)).
void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdamaxStep& step);
/// m and v as Adam's; w -= lr * (share of m + share of g) / (sqrt(v / (1 - beta_2^t)) + epsilon).
void update(View weight, ConstView gradient, const UpdateSlots& slots, const NadamStep& step);
/// a += g^2, w -= lr * g / sqrt(a + epsilon).
void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdagradStep& step);
/// a = rho * a + (1 - rho) * g^2, change = g * sqrt(d + epsilon) / sqrt(a + epsilon),
/// d = rho * d + (1 - rho) * change^2, w -= lr * change.
void update(View weight, ConstView gradient, const UpdateSlots& slots, const AdadeltaStep& step);
/// w -= lr * sign(beta_1 * m + (1 - beta_1) * g), then m = beta_2 * m + (1 - beta_2) * g.
void update(View weight, ConstView gradient, const UpdateSlots& slots, const LionStep& step);
/// n = a + g^2, z += g + 2 * l2_shrinkage * w - w * (n^-p - a^-p) / lr, a = n, with p the power of the rate;
/// w = (clip(z, -l1, l1) - z) / (n^-p / lr + 2 * l2).
void update(View weight, ConstView gradient, const UpdateSlots& slots, const FtrlStep& step);

}  // namespace antler::ops
