// The one exception type that antler throws for anything a user can cause.
#pragma once

#include <fmt/core.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace antler {

/// One sentence that says what is wrong, where (file, row, layer) and what was expected.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;

  /// `Error("{}: row {} has {} fields; expected {}", path, row, found, expected)`
  template <typename First, typename... Rest>
  Error(fmt::format_string<First, Rest...> format, First&& first, Rest&&... rest)
      : std::runtime_error(fmt::format(format, std::forward<First>(first), std::forward<Rest>(rest)...)) {}
};

}  // namespace antler
