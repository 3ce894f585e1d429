// What an optimizer's variables are called in a file, by each Keras.
#pragma once

#include <string>
#include <vector>

#include "antler/optimizers/optimizer.h"

namespace antler::saving {

/// One of an optimizer's slots, in the words of Keras 3, tf-keras and Keras 2's older optimizers.
struct SlotNames {
  std::string keras3;
  std::string keras2;
  std::string legacy;
};

/// Of each slot of the rule, in its order.
std::vector<SlotNames> slot_names(const optimizers::Rule& rule);

/// True for the count of updates, by whatever Keras.
bool counts_iterations(const std::string& name);

/// Names of datasets, of each slot in the order of Keras's weights; empty where there are none that fit.
using NamesBySlot = std::vector<std::vector<std::string>>;

/// Picks those that belong to `slots` by their words; empty unless there are as many of each as `weights`.
NamesBySlot names_by_slot(const std::vector<std::string>& names, const std::vector<SlotNames>& slots,
                          size_t weights);

/// The first versions of Keras 2 gave no telling names ("training/RMSprop/Variable_3:0"); the order is slot
/// by slot.
NamesBySlot names_by_position(std::vector<std::string> names, size_t slots, size_t weights);

}  // namespace antler::saving
