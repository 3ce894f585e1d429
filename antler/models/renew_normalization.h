// Statistics of batch normalisation for weights that training itself never had: averages of weights.
#pragma once

#include "antler/data/dataset.h"
#include "antler/models/model.h"

namespace antler {

/// Sets the moving mean and variance of each BatchNormalization that is not frozen, nested ones too, to the
/// mean of what the batches of one pass over `data` have, each counting by its rows: after weights were
/// averaged (use_ema; Izmailov et al., "Averaging weights leads to wider optima and better generalization",
/// 2018), the moving ones are those of other weights. The model runs as in training, with dropout; nothing
/// else of it changes. Throws Error, and changes nothing, when a batch does not fit the model, when there is
/// none, and for a layer whose momentum is 1, which never looks at its batches.
void renew_normalization(Model& model, const Dataset& data);

}  // namespace antler
