// Whole numbers of files that nobody vouches for.
#pragma once

#include <cstdint>
#include <string_view>

#include "antler/core/json.h"

namespace antler {

/// The whole number that `json` is. Throws Error naming `what` for anything else, and for one that is not
/// from `least` to `most`.
int64_t whole_number(const Json& json, std::string_view what, int64_t least, int64_t most);

}  // namespace antler
