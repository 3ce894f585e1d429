#include <algorithm>
#include <cmath>
#include <utility>

#include "antler/optimizers/schedules/readers.h"

namespace antler::optimizers {
namespace {

// Keras compares whole steps with boundaries cut to whole numbers.
std::vector<int64_t> whole(const std::vector<double>& boundaries) {
  constexpr double limit = 9e18;
  std::vector<int64_t> steps;
  for (double boundary : boundaries) {
    if (!(std::abs(boundary) < limit)) {
      throw Error("a boundary of PiecewiseConstantDecay is {}; expected a number of steps", boundary);
    }
    steps.push_back(static_cast<int64_t>(boundary));
  }
  return steps;
}

}  // namespace

Schedule PiecewiseConstantDecay(const std::vector<double>& boundaries, std::vector<double> values,
                                const std::string& name) {
  if (boundaries.empty() || values.size() != boundaries.size() + 1) {
    throw Error(
        "PiecewiseConstantDecay has {} boundaries and {} values; expected one value more than boundaries",
        boundaries.size(), values.size());
  }
  Json steps = Json::array();
  for (double boundary : boundaries) steps.push_back(steps_to_config(boundary));
  const Json config = {{"boundaries", steps}, {"values", values}, {"name", name}};
  return {"PiecewiseConstantDecay", config,
          [ends = whole(boundaries), rates = std::move(values)](int64_t step) {
            const auto passed = std::ranges::lower_bound(ends, step) - ends.begin();
            return static_cast<float>(rates[static_cast<size_t>(passed)]);
          }};
}

Schedule read_piecewise_constant_decay(Settings& settings) {
  const std::vector<double> boundaries = settings.numbers("boundaries");
  std::vector<double> values = settings.numbers("values");
  return PiecewiseConstantDecay(boundaries, std::move(values), settings.text("name", "PiecewiseConstant"));
}

}  // namespace antler::optimizers
