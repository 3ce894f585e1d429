#include "antler/layers/numbers.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "antler/core/error.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/broadcast.h"

namespace antler::layers {
namespace {

// The extents that lists in lists have if each list of one level is as long as the first.
std::vector<int64_t> extents_of(const std::string& key, const Json& value) {
  std::vector<int64_t> extents;
  const Json* inner = &value;
  while (inner->is_array()) {
    if (inner->empty() || std::ssize(extents) == Shape::max_rank - 1)
      throw Error("{} is an empty list or too many lists in lists", key);
    extents.push_back(static_cast<int64_t>(inner->size()));
    inner = &inner->front();
  }
  return extents;
}

void add_values(const std::string& key, const Json& value, std::span<const int64_t> extents,
                std::vector<double>& values) {
  if (extents.empty()) {
    if (!value.is_number() || !std::isfinite(value.get<double>()))
      throw Error("{} holds something else than finite numbers", key);
    values.push_back(value.get<double>());
    return;
  }
  if (!value.is_array() || std::ssize(value) != extents[0])
    throw Error("{} holds lists of different lengths side by side", key);
  for (const Json& each : value) add_values(key, each, extents.subspan(1), values);
}

// {"class_name": "__numpy__", "config": {"value": [...], "dtype": "float64"}}
const Json& without_wrapping(const std::string& key, const Json& value) {
  if (!value.is_object()) return value;
  const auto config = value.find("config");
  if (config == value.end() || !config->is_object() || !config->contains("value"))
    throw Error("{} is an object; expected a number or a list of numbers", key);
  return (*config)["value"];
}

Json nested(std::span<const int64_t> extents, std::span<const double> values) {
  if (extents.empty()) return values[0];
  Json list = Json::array();
  const size_t step = values.size() / static_cast<size_t>(extents[0]);
  for (size_t at = 0; at < values.size(); at += step)
    list.push_back(nested(extents.subspan(1), values.subspan(at, step)));
  return list;
}

}  // namespace

Numbers::Numbers(const Shape& shape, std::vector<double> values) : shape_(shape), values_(std::move(values)) {
  if (shape_.size() != std::ssize(values_))
    throw Error("{} numbers were given for an array of shape {}", values_.size(), shape_.to_string());
}

Tensor Numbers::broadcast_to(const Shape& shape, const std::string& key) const {
  const int missing = shape.rank() - shape_.rank();
  std::vector<int64_t> extents(static_cast<size_t>(std::max(missing, 0)), 1);
  extents.insert(extents.end(), shape_.begin(), shape_.end());
  bool fits = missing >= 0;
  for (int axis = 0; fits && axis < shape.rank(); ++axis) {
    const int64_t extent = extents[static_cast<size_t>(axis)];
    fits = extent == 1 || extent == shape[axis];
  }
  if (!fits) {
    throw Error("{} has the shape {}, which does not fit {}", key, shape_.to_string(), shape.to_string());
  }
  const ops::Broadcast at(Shape(extents), shape);
  Tensor result(shape);
  for (int64_t i = 0; i < result.size(); ++i)
    result[i] = static_cast<float>(values_[static_cast<size_t>(at(i))]);
  return result;
}

void read_field(ConfigReader& config, const std::string& key, Numbers& numbers) {
  const Json& found = without_wrapping(key, config.value(key));
  if (found.is_null()) return;
  const std::vector<int64_t> extents = extents_of(key, found);
  std::vector<double> values;
  add_values(key, found, extents, values);
  numbers = extents.empty() ? Numbers(values[0]) : Numbers(Shape(extents), std::move(values));
}

Json to_config(const Numbers& numbers) {
  return nested(numbers.shape().extents(), numbers.values());
}

}  // namespace antler::layers
