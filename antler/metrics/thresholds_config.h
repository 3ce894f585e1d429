// How metrics with thresholds read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/core/settings.h"

namespace antler::metrics {

/// A number or a list of them, each in [0, 1]; nothing where there is none. Throws Error otherwise.
std::optional<std::vector<double>> read_thresholds(Settings& settings);
/// "num_thresholds". Throws Error for fewer than `least`, or more than a model file may ask memory for.
int64_t read_num_thresholds(Settings& settings, int64_t least);
/// A whole number as Keras saves it: null for nothing.
Json optional_config(const std::optional<int64_t>& value);
/// As Keras saves thresholds: null, the number, or the list.
Json thresholds_config(const std::vector<double>& thresholds);
/// 1 / (count - 1), 2 / (count - 1), ...: all but 0 and 1 of `count` that lie evenly.
std::vector<double> inner_thresholds(int64_t count);

}  // namespace antler::metrics
