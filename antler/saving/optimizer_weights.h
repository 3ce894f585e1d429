// What an optimizer remembers, as Keras keeps it in a file: a list of named variables.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "antler/models/model.h"
#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"
#include "antler/saving/training_config.h"

namespace antler::saving {

/// One of Keras's `optimizer.variables`: the count of iterations, or float32 numbers.
struct OptimizerVariable {
  std::string name;  // "adam/dense_kernel_momentum"
  std::variant<int64_t, Tensor> value;
};

/// Keras 3's `optimizer.variables` of a compiled model, in Keras's order: iteration; learning rate, unless it
/// follows a schedule; averages; accumulated gradients; slots; Nadam's product of momenta. An optimizer that
/// has not updated anything yet has the first two alone, as in Keras.
std::vector<OptimizerVariable> optimizer_variables(const Model& model);

/// Takes the same back, by position, the learning rate included. Where there are not as many as the optimizer
/// has, it starts anew, as in Keras, and the answer is false. Throws Error when a shape is not its weight's.
bool set_optimizer_variables(Model& model, const std::vector<OptimizerVariable>& variables);

/// Writes the state of the model's optimizer into `group`, with names and in the order of Keras 3's
/// `optimizer.variables` (Flavour::both) or of tf-keras's (Flavour::keras2).
void write_optimizer_weights(const Model& model, Flavour flavour, const hdf5::NewGroup& group);

/// The state that Keras 2, in any of its layouts, or Keras 3 left in `group`. Where neither names nor number
/// of the datasets are those of the optimizer it starts anew, as in Keras. Throws Error when a shape is not
/// its weight's.
optimizers::State read_optimizer_weights(const Model& model, const hdf5::Group& group);

}  // namespace antler::saving
