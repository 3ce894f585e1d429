#include "antler/core/snake_case.h"

#include <cctype>

namespace antler {

std::string snake_case(std::string_view class_name) {
  const auto at = [&](size_t i) {
    return static_cast<unsigned char>(i < class_name.size() ? class_name[i] : '0');
  };
  std::string name;
  for (size_t i = 0; i < class_name.size(); ++i) {
    const bool begins_word = std::isupper(at(i)) && (std::islower(at(i + 1)) || std::islower(at(i - 1)));
    if (i > 0 && begins_word) name += '_';
    name += static_cast<char>(std::tolower(at(i)));
  }
  return name;
}

}  // namespace antler
