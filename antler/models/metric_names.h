// What Keras calls a compiled model's metrics in its logs.
#pragma once

#include <map>
#include <string>

namespace antler {

/// Gives each metric a name that no other has, as Keras 3.15 does: "accuracy", then "accuracy_1"; a weighted
/// metric whose name is taken becomes "weighted_accuracy". With several outputs the output's name comes
/// first.
class MetricNames {
 public:
  /// `output` is empty for the only one. Weighted metrics are to come last.
  std::string next(const std::string& output, const std::string& metric, bool weighted);

 private:
  std::string numbered(const std::string& name);
  std::map<std::string, int> used_;
};

}  // namespace antler
