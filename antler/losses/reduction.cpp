#include "antler/losses/reduction.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <utility>

#include "antler/core/error.h"

namespace antler::losses {
namespace {

constexpr std::array<std::pair<std::string_view, Reduction>, 7> names = {
    {{"sum_over_batch_size", Reduction::sum_over_batch_size},
     {"sum", Reduction::sum},
     {"mean", Reduction::mean},
     {"mean_with_sample_weight", Reduction::mean_with_sample_weight},
     {"none", Reduction::none},
     {"auto", Reduction::sum_over_batch_size},
     {"None", Reduction::none}}};

// A sample's weight is that of all its values. A single value is weighed by each sample's weight in turn.
void fill_weights(const BatchLosses& batch, std::span<float> weights) {
  const std::span<const float> given = batch.sample_weights;
  if (given.empty()) {
    std::ranges::fill(weights, 1.0F);
  } else if (weights.size() == 1) {
    weights[0] = std::accumulate(given.begin(), given.end(), 0.0F);
  } else if (weights.size() % given.size() == 0) {
    const size_t values = weights.size() / given.size();
    for (size_t i = 0; i < weights.size(); ++i) weights[i] = given[i / values];
  } else {
    throw Error("there are {} sample weights for losses of shape {}; expected one for each sample",
                given.size(), batch.values.shape.to_string());
  }
}

double inverse(double divisor) {
  return divisor == 0.0 ? 0.0 : 1.0 / divisor;
}

}  // namespace

Reduction reduction_from_config(const Json& saved, const std::string& where) {
  if (saved.is_null()) return Reduction::none;
  const auto* found =
      std::ranges::find_if(names, [&](const auto& each) { return saved == Json(each.first); });
  if (found != names.end()) return found->second;
  throw Error(
      "{}: \"reduction\" is {}; expected \"sum_over_batch_size\", \"sum\", \"mean\", "
      "\"mean_with_sample_weight\", \"none\" or null",
      where, dump_json(saved));
}

Json reduction_to_config(Reduction reduction) {
  const auto* found = std::ranges::find(names, reduction, [](const auto& each) { return each.second; });
  return found->first;
}

void fill_shares(Reduction reduction, const BatchLosses& batch, const Counts& counts,
                 std::span<float> shares) {
  fill_weights(batch, shares);
  const bool weighted = !batch.sample_weights.empty();
  auto values =
      static_cast<double>(shares.size() == 1 && weighted ? batch.sample_weights.size() : shares.size());
  double weight =
      weighted ? std::accumulate(batch.sample_weights.begin(), batch.sample_weights.end(), 0.0) : values;
  if (counts) {
    for (size_t i = 0; i < shares.size(); ++i) {
      if (counts(batch, i)) continue;
      shares[i] = 0.0F;
      values -= 1.0;
    }
    weight = std::accumulate(shares.begin(), shares.end(), 0.0);
  }
  double factor = 1.0;
  if (reduction == Reduction::sum_over_batch_size || reduction == Reduction::mean) factor = inverse(values);
  if (reduction == Reduction::mean_with_sample_weight) factor = inverse(weight);
  for (float& share : shares) share = static_cast<float>(factor * double{share});
}

}  // namespace antler::losses
