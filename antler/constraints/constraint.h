// What weights must keep to: Keras's constraints, applied after each update.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::constraints {

/// Axes that a norm is taken over: `.axis = 0`, `.axis = {0, 1, 2}`.
class Axes {
 public:
  Axes(int one) : axes_{one}, is_single_(true) {}  // NOLINT(google-explicit-constructor)
  Axes(std::initializer_list<int> several) : axes_(several) {}
  explicit Axes(std::vector<int> several) : axes_(std::move(several)) {}
  const std::vector<int>& all() const { return axes_; }
  /// A number where it was given as one, else a list.
  Json to_config() const { return is_single_ ? Json(axes_.front()) : Json(axes_); }

 private:
  std::vector<int> axes_;
  bool is_single_ = false;
};

/// A value; empty for none. Built from a name ("max_norm", "non_neg", "unit_norm", "min_max_norm"), with
/// Keras 3's defaults, or by one of the functions below.
class Constraint {
 public:
  /// None.
  Constraint() = default;
  /// Throws Error for a name that Keras does not know.
  Constraint(const char* name);  // NOLINT(google-explicit-constructor): a name is meant to serve as one
  /// From what Keras 2 or 3 saves: null, a name, or an object with "class_name" and "config". Throws Error
  /// for an unknown class or setting.
  static Constraint from_config(const Json& saved);
  /// As Keras 3 writes it: {"module", "class_name", "config", "registered_name"}; null for none.
  Json to_config() const;

  explicit operator bool() const { return definition_ != nullptr; }
  /// Changes `weight` so that it keeps to the constraint. Must not be called of none. Throws Error for an
  /// axis that the weight does not have.
  void apply(View weight) const;

  struct Definition;
  explicit Constraint(std::shared_ptr<const Definition> definition) : definition_(std::move(definition)) {}

 private:
  std::shared_ptr<const Definition> definition_;
};

/// w >= 0
Constraint NonNeg();

struct MaxNormOptions {
  double max_value = 2.0;
  Axes axis = 0;
};
/// Norms over `axis` are at most `max_value`: of a Dense kernel (inputs, units), axis 0 constrains what leads
/// to each unit; of a Conv2D kernel (height, width, channels, filters), {0, 1, 2} each filter.
Constraint MaxNorm(const MaxNormOptions& options = {});

/// Norms over `axis` are 1.
Constraint UnitNorm(const Axes& axis = 0);

struct MinMaxNormOptions {
  double min_value = 0.0;
  double max_value = 1.0;
  /// How much of the way towards the bounds each update goes.
  double rate = 1.0;
  Axes axis = 0;
};
/// Norms over `axis` are from `min_value` to `max_value`.
Constraint MinMaxNorm(const MinMaxNormOptions& options = {});

/// Keras's class names of all constraints, sorted.
std::vector<std::string> constraint_classes();

}  // namespace antler::constraints
