// Networks for reading digits, by name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/models/sequential.h"

namespace antler::digits {

/// Names of all recipes: "lesson".
std::vector<std::string> recipe_names();

/// A compiled network from (28, 28, 1) to 10 probabilities, its initial weights drawn from `seed`. Throws
/// Error, naming the recipes there are, for another name.
///
/// "lesson" is the tutorial's: three convolutions with batch normalisation and pooling, then two dense
/// layers; 20 layers and 1,886,354 parameters. Its BatchNormalization has axis 1 and so normalises image
/// rows, as the tutorial wrote it.
Sequential make_recipe(const std::string& name, uint64_t seed);

}  // namespace antler::digits
