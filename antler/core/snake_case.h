// Keras's spelling of a class as a name.
#pragma once

#include <string>
#include <string_view>

namespace antler {

/// Keras's to_snake_case: "MaxPooling2D" gives "max_pooling2d", "PReLU" gives "p_re_lu".
std::string snake_case(std::string_view class_name);

}  // namespace antler
