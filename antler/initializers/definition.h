// What an Initializer is made of. For the sources of this room.
#pragma once

#include <functional>
#include <string>

#include "antler/initializers/initializer.h"

namespace antler::initializers {

struct Initializer::Definition {
  std::string class_name;
  Json config;
  /// Fills a tensor of any shape.
  std::function<void(Tensor&, const RandomStream&)> fill;
};

}  // namespace antler::initializers
