// What an optimizer remembers of each weight, as Keras keeps it in a file: a list of named datasets.
#pragma once

#include "antler/models/model.h"
#include "antler/saving/hdf5/group.h"
#include "antler/saving/hdf5/new_file.h"
#include "antler/saving/training_config.h"

namespace antler::saving {

/// Writes the state of the model's optimizer into `group`, with names and in the order of Keras 3's
/// `optimizer.variables` (Flavour::both) or of tf-keras's (Flavour::keras2).
void write_optimizer_weights(const Model& model, Flavour flavour, const hdf5::NewGroup& group);

/// The state that Keras 2, in any of its layouts, or Keras 3 left in `group`. Where neither names nor number
/// of the datasets are those of the optimizer it starts anew, as in Keras. Throws Error when a shape is not
/// its weight's.
optimizers::State read_optimizer_weights(const Model& model, const hdf5::Group& group);

}  // namespace antler::saving
