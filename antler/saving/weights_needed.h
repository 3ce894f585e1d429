// What a layer would ask memory for, before it is built.
#pragma once

#include "antler/core/json.h"
#include "antler/core/shape.h"

namespace antler::saving {

/// How many numbers the largest weight of a layer has, going by the words that Keras uses in its
/// configuration and the shape of what it is given, batch first; 0 for a layer whose configuration has none
/// of those words. A file is not trusted: a few words of it could ask for any amount of memory.
double numbers_needed(const Json& config, const Shape& input);

}  // namespace antler::saving
