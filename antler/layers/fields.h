// A layer's settings, each named once: the same list reads them from a configuration and writes them to one.
//
//   constexpr auto fields = [](auto& field, int64_t& units, DenseOptions& options) {
//     field.required("units", units);
//     field.activation("activation", options.activation);
//     field("use_bias", options.use_bias);
//   };
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/layers/config_reader.h"

namespace antler::layers {

/// Reads each field from a configuration. A key that is missing or null leaves the field as it is: its
/// default. Throws Error naming the key for a value of the wrong kind.
class FieldReader {
 public:
  explicit FieldReader(ConfigReader& config) : config_(config) {}

  void operator()(const char* key, int64_t& value) { value = config_.integer(key, value); }
  void operator()(const char* key, double& value) { value = config_.number(key, value); }
  void operator()(const char* key, bool& value) { value = config_.flag(key, value); }
  void operator()(const char* key, std::string& value) { value = config_.text(key, value); }
  void operator()(const char* key, Pair& value) { value = config_.pair(key, value); }
  void operator()(const char* key, Single& value) { value = config_.single(key, value); }
  void operator()(const char* key, std::optional<int64_t>& value) { value = config_.optional_integer(key); }
  void operator()(const char* key, std::optional<double>& value) { value = config_.optional_number(key); }
  void operator()(const char* key, initializers::Initializer& value) {
    value = config_.initializer(key, value);
  }
  void operator()(const char* key, regularizers::Regularizer& value) { value = config_.regularizer(key); }
  void operator()(const char* key, constraints::Constraint& value) { value = config_.constraint(key); }
  void operator()(const char* key, std::optional<Shape>& value) { value = config_.shape(key); }
  void operator()(const char* key, std::vector<int>& axes) { axes = config_.axes(key); }
  /// A value that is there, or not.
  template <class Value>
  void operator()(const char* key, std::optional<Value>& value) {
    if (config_.value(key).is_null()) return;
    Value given = 0;
    (*this)(key, given);
    value = given;
  }
  /// Any other kind of value, by the function that is declared beside its type.
  template <class Value>
  void operator()(const char* key, Value& value) {
    read_field(config_, key, value);
  }
  /// A key without which the layer cannot be made.
  template <class Value>
  void required(const char* key, Value& value) {
    if (config_.value(key).is_null()) throw Error("{} is missing", key);
    (*this)(key, value);
  }
  /// A name of keras.activations, or an object that names one.
  void activation(const char* key, std::string& name) { name = config_.activation(key); }
  /// An axis, which may also be a list of one.
  void axis(const char* key, int& value) { value = config_.axis(key, value); }
  /// antler computes channels last alone.
  void data_format() { config_.channels_last(); }
  /// A setting of Keras that antler takes only where it is off: null or false.
  void off(const char* key, const Json& /*written*/) { config_.refuse(key); }

 private:
  ConfigReader& config_;
};

/// The options that `fields(reader, options)` reads.
template <class Options, class Fields>
Options read_options(ConfigReader& config, const Fields& fields) {
  Options options;
  FieldReader reader(config);
  fields(reader, options);
  return options;
}

/// Writes each field as Keras 3 does.
class FieldWriter {
 public:
  template <class Value>
  void operator()(const char* key, const Value& value) {
    written_[key] = to_config(value);
  }
  template <class Value>
  void required(const char* key, const Value& value) {
    (*this)(key, value);
  }
  void activation(const char* key, const std::string& name) { written_[key] = activation_to_config(name); }
  void axis(const char* key, int value) { written_[key] = value; }
  void data_format() { written_["data_format"] = "channels_last"; }
  void off(const char* key, const Json& written) { written_[key] = written; }

  const Json& written() const { return written_; }

 private:
  Json written_ = Json::object();
};

/// The configuration that `fields(writer, settings...)` writes.
template <class Fields, class... Settings>
Json written(const Fields& fields, Settings... settings) {
  FieldWriter writer;
  fields(writer, settings...);
  return writer.written();
}

}  // namespace antler::layers
