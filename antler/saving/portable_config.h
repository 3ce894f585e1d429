// Configurations that Keras 2 and Keras 3 both read.
#pragma once

#include <string>

#include "antler/core/json.h"

namespace antler::saving {

/// A layer's, loss's or metric's own configuration without what only Keras 3 has, where that says nothing:
/// Keras 2 refuses words that it does not know. Settings under which the two differ in name alone get Keras
/// 2's, which Keras 3 still takes.
Json portable_config(const std::string& class_name, const Json& config);

}  // namespace antler::saving
