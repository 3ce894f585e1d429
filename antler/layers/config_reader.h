// The values of a layer's "config" in a model file. The file is not trusted: each value is checked as it is
// read.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/shape.h"
#include "antler/initializers/initializer.h"
#include "antler/layers/layer.h"

namespace antler::layers {

/// Which Keras wrote a configuration: they mean different things by a few words.
enum class Dialect { keras2, keras3 };

/// Reads a config key by key. A key that is missing or null gives the fallback; without a fallback, and for a
/// value of the wrong kind, the functions throw Error naming the key. Whoever calls adds which layer.
class ConfigReader {
 public:
  /// `config` must outlive the reader. Throws Error when it is no object.
  explicit ConfigReader(const Json& config, Dialect dialect = Dialect::keras3);
  Dialect dialect() const { return dialect_; }
  /// Whether the key is there, if only as null.
  bool has(const std::string& key) const { return config_.contains(key); }

  int64_t integer(const std::string& key, std::optional<int64_t> fallback = {});
  double number(const std::string& key, std::optional<double> fallback = {});
  /// Nothing for a key that is missing or null.
  std::optional<int64_t> optional_integer(const std::string& key);
  std::optional<double> optional_number(const std::string& key);
  bool flag(const std::string& key, bool fallback);
  std::string text(const std::string& key, const std::string& fallback);
  /// [height, width], or one number for both.
  Pair pair(const std::string& key, std::optional<Pair> fallback = {});
  /// [steps], or the number itself.
  Single single(const std::string& key, std::optional<Single> fallback = {});
  /// A list of whole numbers; one number serves as a list of one. None where missing.
  std::vector<int64_t> integers(const std::string& key);
  /// An axis: a number, or a list of one.
  int axis(const std::string& key, int fallback);
  /// The same, each within what an axis can be.
  std::vector<int> axes(const std::string& key);
  /// A list of extents, null or -1 where unknown; nothing for a key that is missing or null.
  std::optional<Shape> shape(const std::string& key);
  /// A name, or Keras's {"class_name": ..., "config": ...}.
  initializers::Initializer initializer(const std::string& key, const initializers::Initializer& fallback);
  /// The same; none where missing.
  regularizers::Regularizer regularizer(const std::string& key);
  constraints::Constraint constraint(const std::string& key);
  /// A name, or Keras 3's {"class_name": "function", "config": name}; "linear" where missing. In a
  /// configuration of Keras 2, "hard_sigmoid" is "hard_sigmoid_of_keras_2".
  std::string activation(const std::string& key);
  /// The value itself, to be looked at by the caller; null where missing.
  const Json& value(const std::string& key);

  /// Throws Error for a key that is neither missing, null nor false: a setting that antler does not have.
  void refuse(const std::string& key);
  /// data_format must be channels_last.
  void channels_last();
  /// Call at last: throws Error for a key that nobody asked for, but for those known to be harmless.
  void finish();

 private:
  const Json& config_;
  Dialect dialect_;
  std::set<std::string> read_;
};

/// As Keras 3 writes a value: an initializer is {"module", "class_name", "config", "registered_name"}, a pair
/// [height, width], a single [steps], and what is not there null.
Json to_config(const initializers::Initializer& initializer);
Json to_config(const regularizers::Regularizer& regularizer);
Json to_config(const constraints::Constraint& constraint);
Json to_config(const Pair& pair);
Json to_config(const Single& single);
Json to_config(const std::optional<Shape>& shape);
Json to_config(const std::vector<int>& axes);
template <class Value>
requires std::is_constructible_v<Json, Value> Json to_config(const Value& value) {
  return Json(value);
}
template <class Value>
Json to_config(const std::optional<Value>& value) {
  return value ? to_config(*value) : Json();
}
/// The name; "hard_sigmoid_of_keras_2" stays what it is until whoever writes the file knows for which Keras.
Json activation_to_config(const std::string& name);

}  // namespace antler::layers
