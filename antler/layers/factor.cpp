#include "antler/layers/factor.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/config_reader.h"

namespace antler::layers {

Factor Factor::interval() const {
  if (!is_pair_) return {-std::abs(low_), std::abs(low_)};
  return {std::min(low_, high_), std::max(low_, high_)};
}

void Factor::check(const std::string& key, double least, double most, bool open) const {
  for (double each : {low_, high_}) {
    const bool is_high_enough = open ? each > least : each >= least;
    if (is_high_enough && each <= most) continue;
    throw Error("{} is {}; expected {} {} to {}", key, each, open ? "more than" : "from", least, most);
  }
}

void read_field(ConfigReader& config, const std::string& key, Factor& factor) {
  const Json& found = config.value(key);
  if (!found.is_array()) {
    if (!found.is_null()) factor = config.number(key);
    return;
  }
  const auto is_number = [](const Json& each) {
    return each.is_number() && std::isfinite(each.get<double>());
  };
  if (found.size() != 2 || !is_number(found[0]) || !is_number(found[1]))
    throw Error("{} is a list; expected a number or a list of two", key);
  factor = {found[0].get<double>(), found[1].get<double>()};
}

Json to_config(const Factor& factor) {
  if (!factor.is_pair()) return factor.first();
  return Json::array({factor.first(), factor.second()});
}

}  // namespace antler::layers
