// JSON as the model files use it: keys keep their order.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace antler {

using Json = nlohmann::ordered_json;

/// Parses `text`, which Python's json module may have written: NaN, Infinity and -Infinity are understood.
/// Throws Error naming `where` when it is no JSON, or nests deeper than 64 levels (a file is not trusted).
Json parse_json(std::string_view text, std::string_view where);
/// As Python's json.dumps writes it: separators with a space, NaN and Infinity spelled so.
std::string dump_json(const Json& json);

}  // namespace antler
