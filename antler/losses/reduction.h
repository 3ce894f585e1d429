// How the losses of a batch become one number.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::losses {

/// Keras's reductions, by its names; `none` is trained on as the sum and reported as the mean, as Keras 3's
/// fit() does.
enum class Reduction { sum_over_batch_size, sum, mean, mean_with_sample_weight, none };

/// From "sum", "none" or null, Keras 2's "auto", ... Throws Error, beginning with `where`, for another.
Reduction reduction_from_config(const Json& saved, const std::string& where);
Json reduction_to_config(Reduction reduction);

/// What a loss gives for a batch.
struct BatchLosses {
  /// (batch, ...); or fewer, when the loss reduces the batch axis itself.
  ConstView values;
  ConstView y_true;
  /// One for each sample, or for each value; empty: 1 each.
  std::span<const float> sample_weights = {};
};

/// Whether a value counts, by its number; null: all do.
using Counts = std::function<bool(const BatchLosses& batch, size_t value)>;

/// Fills `shares`, one for each value, so that the batch's loss is the sum of share * value. Throws Error
/// when the weights do not fit the values.
void fill_shares(Reduction reduction, const BatchLosses& batch, const Counts& counts,
                 std::span<float> shares);

}  // namespace antler::losses
