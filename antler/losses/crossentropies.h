// How the crossentropies' settings are read: see kinds.h.
#pragma once

#include "antler/losses/kinds.h"

namespace antler::losses {

Recipe read_binary_crossentropy(Settings& settings);
Recipe read_binary_focal_crossentropy(Settings& settings);
Recipe read_categorical_crossentropy(Settings& settings);
Recipe read_categorical_focal_crossentropy(Settings& settings);
Recipe read_categorical_generalized_cross_entropy(Settings& settings);
Recipe read_sparse_categorical_crossentropy(Settings& settings);
/// "crossentropy": which of the three it is depends on the shapes.
Recipe read_any_crossentropy(Settings& settings);

}  // namespace antler::losses
