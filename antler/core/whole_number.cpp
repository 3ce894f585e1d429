#include "antler/core/whole_number.h"

#include <limits>
#include <string>

#include "antler/core/error.h"

namespace antler {
namespace {

// get() would wrap round above it.
constexpr uint64_t largest = std::numeric_limits<int64_t>::max();

bool fits(const Json& json) {
  return json.is_number_unsigned() ? json.get<uint64_t>() <= largest : json.is_number_integer();
}

}  // namespace

int64_t whole_number(const Json& json, std::string_view what, int64_t least, int64_t most) {
  if (fits(json)) {
    const auto number = json.get<int64_t>();
    if (number >= least && number <= most) return number;
  }
  const std::string found = json.is_structured() ? "a list or an object" : dump_json(json).substr(0, 60);
  throw Error("{} is {}; expected a whole number from {} to {}", what, found, least, most);
}

}  // namespace antler
