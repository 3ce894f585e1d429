// Reading and writing JSON as Python does.
#include "antler/core/json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "antler/core/error.h"

namespace antler {
namespace {

constexpr int deepest = 64;

int depth_of(std::string_view text) {
  int depth = 0;
  int most = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      most = std::max(most, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return most;
}

// JSON has no spelling for numbers that are not finite, but Python writes three words for them.
constexpr std::array<std::string_view, 3> non_finite = {"-Infinity", "Infinity", "NaN"};
constexpr std::string_view marker =
    "\\u0000";  // a zero byte, as JSON spells it: no text of a model begins so

// Puts quotes around those words and a zero byte before them, for a parser that knows standard JSON only;
// restore_numbers() makes numbers of such strings once it is done.
std::string with_standard_numbers(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool in_string = false;
  while (!text.empty()) {
    size_t taken = in_string && text[0] == '\\' ? 2 : 1;
    if (text[0] == '"') in_string = !in_string;
    const auto* word = std::find_if(non_finite.begin(), non_finite.end(), [&](std::string_view name) {
      return !in_string && text.starts_with(name);
    });
    if (word != non_finite.end()) {
      result.append("\"").append(marker).append(*word).append("\"");
      taken = word->size();
    } else {
      result += text.substr(0, taken);
    }
    text.remove_prefix(std::min(taken, text.size()));
  }
  return result;
}

void restore_numbers(Json& json) {
  if (json.is_structured()) {
    for (Json& item : json) restore_numbers(item);
  } else if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    if (!text.starts_with('\0')) return;
    constexpr std::array<double, 3> numbers = {-std::numeric_limits<double>::infinity(),
                                               std::numeric_limits<double>::infinity(),
                                               std::numeric_limits<double>::quiet_NaN()};
    const auto* word = std::find(non_finite.begin(), non_finite.end(), std::string_view(text).substr(1));
    if (word != non_finite.end()) json = numbers[static_cast<size_t>(word - non_finite.begin())];
  }
}

// What the parser says, without the number it gives its exceptions ("[json.exception.parse_error.101] ...").
std::string_view reason(const Json::exception& error) {
  const std::string_view text = error.what();
  const size_t number_end = text.find("] ");
  return number_end == std::string_view::npos ? text : text.substr(number_end + 2);
}

// Text outside ASCII is escaped, as Python does, and what is no UTF-8 replaced: a name may come from
// anywhere.
std::string dump_leaf(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
}

std::string dump_number(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  return dump_leaf(number);
}

void dump(const Json& json, std::string& out) {
  if (json.is_number_float()) {
    out += dump_number(json.get<double>());
  } else if (json.is_object()) {
    out += '{';
    const char* separator = "";
    for (const auto& [key, value] : json.items()) {
      out += separator + dump_leaf(key) + ": ";
      dump(value, out);
      separator = ", ";
    }
    out += '}';
  } else if (json.is_array()) {
    out += '[';
    const char* separator = "";
    for (const Json& value : json) {
      out += separator;
      dump(value, out);
      separator = ", ";
    }
    out += ']';
  } else {
    out += dump_leaf(json);
  }
}

}  // namespace

Json parse_json(std::string_view text, std::string_view where) {
  if (depth_of(text) > deepest) throw Error("{}: the JSON nests deeper than {} levels", where, deepest);
  try {
    Json json = Json::parse(with_standard_numbers(text));
    restore_numbers(json);
    return json;
  } catch (const Json::exception& error) {
    throw Error("{}: not valid JSON: {}", where, reason(error));
  }
}

std::string dump_json(const Json& json) {
  std::string text;
  dump(json, text);
  return text;
}

}  // namespace antler
