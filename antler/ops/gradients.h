// What optimizers do around their rules: to gradients before the update, and to weights apart from it.
#pragma once

#include "antler/core/tensor.h"

namespace antler::ops {

/// Does not depend on the number of threads.
double sum_of_squares(ConstView values);
/// values = values * factor / divisor, in this order.
void scale(View values, float factor, float divisor);
/// Each value to [-limit, limit]; NaN stays NaN.
void clip(View values, float limit);
/// sums += values. Throws Error when the shapes differ.
void accumulate(View sums, ConstView values);
/// weights -= weights * weight_decay * learning_rate.
void decay(View weights, float weight_decay, float learning_rate);
/// averages = share * averages + rest * values. Throws Error when the shapes differ.
void average(View averages, ConstView values, float share, float rest);

}  // namespace antler::ops
