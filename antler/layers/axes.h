// The axes that a layer works over.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler::layers {

class ConfigReader;

/// One axis or several, negative ones counted from the end: `.axis = -1`, `.axis = {1, 2}`.
class Axes {
 public:
  Axes(int axis) : numbers_{axis}, is_list_(false) {}  // NOLINT(google-explicit-constructor)
  Axes(std::initializer_list<int> axes) : numbers_(axes) {}
  explicit Axes(std::vector<int> axes) : numbers_(std::move(axes)) {}

  const std::vector<int>& numbers() const { return numbers_; }
  /// Whether they were given as a list, and are to be saved as one.
  bool is_list() const { return is_list_; }
  /// Counted from the front and in order. Throws Error for an axis that `input` does not have, one that is
  /// there twice, and the batch.
  std::vector<int> of(const Shape& input) const;

 private:
  std::vector<int> numbers_;
  bool is_list_ = true;
};

/// A number, or a list of numbers; missing or null leaves the axes as they are.
void read_field(ConfigReader& config, const std::string& key, Axes& axes);
Json to_config(const Axes& axes);

/// What `on_last(x)` gives where it is handed `x` with the axes, which are those of Axes::of(), moved to the
/// end and gives back a value of the same shape: the axes are moved back to their places.
graph::Value with_axes_last(Lowering& to, graph::Value x, const std::vector<int>& axes,
                            const std::function<graph::Value(graph::Value)>& on_last);

}  // namespace antler::layers
