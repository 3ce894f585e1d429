// What is checked of the data before a model sees them.
#pragma once

#include <cstdint>

#include "antler/models/model.h"

namespace antler {

/// Each throws Error, saying what was expected.
void check_batch_size(int64_t batch_size);
void check_steps(int64_t steps);
/// As many tensors as the model has inputs, of their shapes, with one number of rows, not 0.
void check_inputs(const Model& model, const Tensors& x);
/// The model is compiled, and there are targets for each output, with as many rows as the inputs have.
void check_targets(const Model& model, const Tensors& x, const Tensors& y);
/// One weight a row, or none.
void check_sample_weights(const Tensors& x, const Tensor& sample_weight);

}  // namespace antler
