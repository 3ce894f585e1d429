#include "antler/models/metric_names.h"

namespace antler {

std::string MetricNames::next(const std::string& output, const std::string& metric, bool weighted) {
  const std::string prefix = output.empty() ? "" : output + "_";
  const bool taken = used_.contains(prefix + metric);
  return numbered(prefix + (weighted && taken ? "weighted_" : "") + metric);
}

std::string MetricNames::numbered(const std::string& name) {
  const int before = used_[name]++;
  return before == 0 ? name : name + "_" + std::to_string(before);
}

}  // namespace antler
