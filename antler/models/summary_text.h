// Model::summary as text for a terminal of any width.
#pragma once

#include <cstdint>
#include <string>

#include "antler/models/model.h"

namespace antler {

/// What Keras 3.15's model.summary() prints on a terminal of `columns` columns
/// (keras/src/utils/summary_utils.py), with one difference: Keras adds the optimizer's own numbers to the
/// "Total params" of a trained model; here the total is count_params() always, and "Optimizer params" stands
/// below it as in Keras.
std::string summary_text(const Model& model, int64_t columns, const SummaryOptions& options = {});

}  // namespace antler
