// Prediction for rows of tensors, when nobody looks on between two batches.
#pragma once

#include <functional>

#include "antler/models/model_state.h"
#include "antler/models/step.h"
#include "antler/models/tensors.h"

namespace antler {

/// The first `count` rows of `x`.
struct RowsToPredict {
  const Tensors& x;
  int64_t count;
  int64_t batch_size;
};

/// Runs the model forward over the rows, in batches; take(step, first row) after each batch. Where there are
/// enough of them, each thread runs whole batches of its own: their values stay in its cache, and threads
/// meet only at the end. `take` is then called by several threads at the same time, in any order.
void predict_rows(const Model::State& model, const RowsToPredict& rows,
                  const std::function<void(const Step& step, int64_t first_row)>& take);

}  // namespace antler
