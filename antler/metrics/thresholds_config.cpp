#include "antler/metrics/thresholds_config.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler::metrics {
namespace {

constexpr int64_t most_thresholds = 100'000;

bool is_share(const Json& value) {
  return value.is_number() && value.get<double>() >= 0.0 && value.get<double>() <= 1.0;
}

}  // namespace

std::optional<std::vector<double>> read_thresholds(Settings& settings) {
  const Json& saved = settings.raw("thresholds");
  if (saved.is_null()) return std::nullopt;
  const Json list = saved.is_array() ? saved : Json::array({saved});
  if (list.empty() || !std::ranges::all_of(list, is_share)) {
    throw Error("{}: \"thresholds\" is {}; expected numbers from 0 to 1", settings.where(), dump_json(saved));
  }
  return list.get<std::vector<double>>();
}

int64_t read_num_thresholds(Settings& settings, int64_t least) {
  const int64_t count = settings.integer("num_thresholds", 200);
  if (count >= least && count <= most_thresholds) return count;
  throw Error("{}: \"num_thresholds\" is {}; expected {} to {}", settings.where(), count, least,
              most_thresholds);
}

Json optional_config(const std::optional<int64_t>& value) {
  return value ? Json(*value) : Json();
}

Json thresholds_config(const std::vector<double>& thresholds) {
  if (thresholds.empty()) return nullptr;
  return thresholds.size() == 1 ? Json(thresholds[0]) : Json(thresholds);
}

std::vector<double> inner_thresholds(int64_t count) {
  std::vector<double> inner;
  for (int64_t i = 1; i + 1 < count; ++i)
    inner.push_back(static_cast<double>(i) / static_cast<double>(count - 1));
  return inner;
}

}  // namespace antler::metrics
