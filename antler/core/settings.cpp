#include "antler/core/settings.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "antler/core/error.h"
#include "antler/core/whole_number.h"

namespace antler {
namespace {

const Json nothing;

bool is_off(const Json& value) {
  return value.is_null() || value == Json(false) || (value.is_number() && value.get<double>() == 0.0);
}

}  // namespace

Settings::Settings(const Json& config, std::string where) : config_(config), where_(std::move(where)) {
  if (!config.is_object() && !config.is_null()) {
    throw Error("{}: the config is {}; expected an object", where_, dump_json(config));
  }
}

const Json& Settings::raw(const std::string& key) {
  known_.insert(key);
  const auto found = config_.find(key);
  return found == config_.end() ? nothing : *found;
}

bool Settings::has(const std::string& key) const {
  return config_.find(key) != config_.end();
}

const Json& Settings::checked(const std::string& key, bool (Json::*is_type)() const noexcept,
                              const char* expected) {
  const Json& value = raw(key);
  if (!value.is_null() && !(value.*is_type)()) {
    throw Error("{}: \"{}\" is {}; expected {}", where_, key, dump_json(value), expected);
  }
  return value;
}

double Settings::number(const std::string& key, double otherwise) {
  const Json& value = checked(key, &Json::is_number, "a number");
  return value.is_null() ? otherwise : value.get<double>();
}

int64_t Settings::integer(const std::string& key, int64_t otherwise) {
  return optional_integer(key, otherwise).value_or(otherwise);
}

std::optional<double> Settings::optional_number(const std::string& key, std::optional<double> otherwise) {
  const Json& value = checked(key, &Json::is_number, "a number");
  return value.is_null() ? otherwise : value.get<double>();
}

std::optional<int64_t> Settings::optional_integer(const std::string& key, std::optional<int64_t> otherwise) {
  const Json& value = checked(key, &Json::is_number_integer, "a whole number");
  if (value.is_null()) return otherwise;
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  return whole_number(value, fmt::format("{}: \"{}\"", where_, key), -most, most);
}

double Settings::number(const std::string& key) {
  const std::optional<double> value = optional_number(key, {});
  if (!value) throw Error("{}: \"{}\" is missing; expected a number", where_, key);
  return *value;
}

std::vector<double> Settings::numbers(const std::string& key) {
  const Json& values = raw(key);
  const auto is_number = [](const Json& value) { return value.is_number(); };
  if (!values.is_array() || !std::ranges::all_of(values, is_number)) {
    throw Error("{}: \"{}\" is {}; expected a list of numbers", where_, key, dump_json(values));
  }
  return values.get<std::vector<double>>();
}

bool Settings::flag(const std::string& key, bool otherwise) {
  const Json& value = checked(key, &Json::is_boolean, "true or false");
  return value.is_null() ? otherwise : value.get<bool>();
}

std::string Settings::text(const std::string& key, const std::string& otherwise) {
  const Json& value = checked(key, &Json::is_string, "text");
  return value.is_null() ? otherwise : value.get<std::string>();
}

void Settings::ignore(std::initializer_list<const char*> keys) {
  known_.insert(keys.begin(), keys.end());
}

void Settings::require_off(std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const Json& value = raw(key);
    if (!is_off(value)) {
      throw Error("{}: \"{}\" is {}, which antler does not support; expected null", where_, key,
                  dump_json(value));
    }
  }
}

void Settings::finish() const {
  if (!config_.is_object()) return;
  for (const auto& [key, value] : config_.items()) {
    if (!known_.contains(key))
      throw Error("{}: there is no setting \"{}\" ({})", where_, key, dump_json(value));
  }
}

}  // namespace antler
