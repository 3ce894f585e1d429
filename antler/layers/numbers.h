// Settings that are a number or an array of them.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::layers {

class ConfigReader;

/// `.mean = 0.5`, `.mean = {0.1, 0.2, 0.3}`, or an array of any shape.
class Numbers {
 public:
  Numbers(double value) : values_{value} {}  // NOLINT(google-explicit-constructor)
  Numbers(std::initializer_list<double> values)
      : shape_{static_cast<int64_t>(values.size())}, values_(values) {}
  /// Throws Error unless there are as many values as the shape has.
  Numbers(const Shape& shape, std::vector<double> values);

  /// Of rank 0 for a number alone.
  const Shape& shape() const { return shape_; }
  const std::vector<double>& values() const { return values_; }
  /// Repeated to `shape` by NumPy's rules: axes are matched from the last one. Throws Error where they do not
  /// fit. `key` is what the error calls the numbers.
  Tensor broadcast_to(const Shape& shape, const std::string& key) const;

 private:
  Shape shape_;
  std::vector<double> values_;
};

/// A number, lists in lists, or a NumPy array as Keras 3 saves it; missing or null leaves the numbers as they
/// are. Throws Error for lists of different lengths side by side, and values that are not finite.
void read_field(ConfigReader& config, const std::string& key, Numbers& numbers);
Json to_config(const Numbers& numbers);

}  // namespace antler::layers
