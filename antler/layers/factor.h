// How far augmentation goes.
#pragma once

#include <string>

#include "antler/core/json.h"

namespace antler::layers {

class ConfigReader;

/// What a factor is drawn from: `0.2` for all from -0.2 to 0.2, `{-0.1, 0.3}` for an interval.
class Factor {
 public:
  Factor(double most) : low_(most), high_(most), is_pair_(false) {}  // NOLINT(google-explicit-constructor)
  Factor(double low, double high) : low_(low), high_(high), is_pair_(true) {}

  bool is_pair() const { return is_pair_; }
  /// The first number of a pair, or the number itself.
  double first() const { return low_; }
  double second() const { return high_; }
  /// The interval, as a pair in order: -|f| to |f| for a number.
  Factor interval() const;
  /// Both numbers must be from `least` to `most`; the least itself counts as out of bounds with `open`.
  /// Throws Error naming `key`.
  void check(const std::string& key, double least, double most, bool open = false) const;

 private:
  double low_;
  double high_;
  bool is_pair_;
};

/// A number, or a list of two; missing or null leaves the factor as it is.
void read_field(ConfigReader& config, const std::string& key, Factor& factor);
Json to_config(const Factor& factor);

}  // namespace antler::layers
