// Random shares.
#pragma once

#include "antler/data/draws.h"

namespace antler {

/// A number of the distribution Beta(alpha, alpha), in [0, 1]; alpha is more than 0.
float drawn_beta(Draws& draws, double alpha);

}  // namespace antler
