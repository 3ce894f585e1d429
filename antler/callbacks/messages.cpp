#include "antler/callbacks/messages.h"

#include <fmt/core.h>

#include <cmath>
#include <cstdio>

#include "antler/core/json.h"

namespace antler::callbacks {

void print_message(const std::string& message) {
  fmt::print("{}\n", message);
  std::fflush(stdout);
}

void warn(const std::string& message) {
  fmt::print(stderr, "antler: {}\n", message);
}

std::string python_number(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number > 0.0 ? "inf" : "-inf";
  return dump_json(number);
}

}  // namespace antler::callbacks
