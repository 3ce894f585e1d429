// Reading a Keras config: each setting by name, and an error for those that nobody asked for.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "antler/core/json.h"

namespace antler {

/// The settings of one object in a model file. Whatever is missing or null has its default. All that is not
/// understood is an Error that begins with `where`.
class Settings {
 public:
  /// `config` must outlive this. Throws Error unless it is an object (or null, which has no settings).
  Settings(const Json& config, std::string where);

  double number(const std::string& key, double otherwise);
  int64_t integer(const std::string& key, int64_t otherwise);
  std::optional<double> optional_number(const std::string& key, std::optional<double> otherwise);
  std::optional<int64_t> optional_integer(const std::string& key, std::optional<int64_t> otherwise);
  bool flag(const std::string& key, bool otherwise);
  std::string text(const std::string& key, const std::string& otherwise);
  /// Settings without a default. Throw Error where they are missing.
  double number(const std::string& key);
  std::vector<double> numbers(const std::string& key);
  /// The setting as it stands; null where it is missing.
  const Json& raw(const std::string& key);
  /// Whether it is there, be it null.
  bool has(const std::string& key) const;
  /// Settings that make no difference here, whatever they are.
  void ignore(std::initializer_list<const char*> keys);
  /// Settings that are only understood while they are off: missing, null, false or zero.
  void require_off(std::initializer_list<const char*> keys);
  /// Throws Error for a setting that none of the calls above asked for.
  void finish() const;

  const std::string& where() const { return where_; }

 private:
  const Json& checked(const std::string& key, bool (Json::*is_type)() const noexcept, const char* expected);

  const Json& config_;
  std::string where_;
  std::set<std::string> known_;
};

}  // namespace antler
