#include "antler/models/compile_options.h"

#include <algorithm>

#include "antler/core/error.h"

namespace antler {
namespace {

template <typename T>
PerOutput<T> named(std::initializer_list<std::pair<std::string, T>> by_name) {
  PerOutput<T> all;
  for (const auto& [name, value] : by_name) {
    all.names.push_back(name);
    all.values.push_back(value);
  }
  return all;
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "'" : ", '") + name + "'";
  return all;
}

// By the order of `outputs`; what is not named is `otherwise`. A Sequential that is not built yet has one
// output without a name, which any name may be for.
template <typename T>
std::vector<T> values_in_order(const PerOutput<T>& given, const std::vector<std::string>& outputs,
                               const T& otherwise, const char* what) {
  const bool nameless = outputs.size() == 1 && outputs[0].empty();
  if (given.names.empty() || nameless) {
    if (given.values.size() != outputs.size())
      throw Error("{} {} were given for {} outputs", given.values.size(), what, outputs.size());
    return given.values;
  }
  std::vector<T> values(outputs.size(), otherwise);
  for (size_t i = 0; i < given.names.size(); ++i) {
    const auto found = std::ranges::find(outputs, given.names[i]);
    if (found == outputs.end())
      throw Error("{} were given for an output '{}'; the outputs are {}", what, given.names[i],
                  listed(outputs));
    values[static_cast<size_t>(found - outputs.begin())] = given.values[i];
  }
  return values;
}

}  // namespace

Losses::Losses(std::initializer_list<std::pair<std::string, Each>> by_name) : losses_(named(by_name)) {}

const losses::Loss& Losses::front() const {
  const auto found = std::ranges::find_if(losses_.values, [](const Each& each) { return each.has_value(); });
  if (found == losses_.values.end()) throw Error("the model has no loss");
  return **found;
}

Losses Losses::in_order(const std::vector<std::string>& outputs) const {
  (void)front();
  if (size() == 1 && losses_.names.empty()) return *this;
  if (!losses_.names.empty() && size() != outputs.size()) {
    throw Error("losses were given for {}; expected one for each of {}", listed(losses_.names),
                listed(outputs));
  }
  return Losses(PerOutput<Each>{values_in_order(losses_, outputs, Each(), "losses")});
}

Metrics::Metrics(std::initializer_list<std::pair<std::string, Each>> by_name) : lists_(named(by_name)) {}

Metrics::Each Metrics::all() const {
  Each all = flat_;
  for (const Each& list : lists_.values) all.insert(all.end(), list.begin(), list.end());
  return all;
}

Metrics Metrics::in_order(const std::vector<std::string>& outputs) const {
  if (!lists_.values.empty()) return Metrics(values_in_order(lists_, outputs, Each(), "metrics"));
  if (outputs.size() == 1) return Metrics(std::vector<Each>{flat_});
  if (flat_.empty()) return Metrics(std::vector<Each>(outputs.size()));
  if (flat_.size() != outputs.size()) {
    throw Error("{} metrics were given for {} outputs; expected one for each, or lists of them by name",
                flat_.size(), outputs.size());
  }
  std::vector<Each> one_each;
  for (const metrics::Metric& metric : flat_) one_each.push_back({metric});
  return Metrics(std::move(one_each));
}

LossWeights::LossWeights(std::initializer_list<std::pair<std::string, double>> by_name)
    : weights_(named(by_name)) {}

LossWeights LossWeights::in_order(const std::vector<std::string>& outputs) const {
  if (empty()) return *this;
  return values_in_order(weights_, outputs, 1.0, "loss weights");
}

CompileOptions CompileOptions::in_order(const std::vector<std::string>& outputs) const {
  return {.optimizer = optimizer,
          .loss = loss.in_order(outputs),
          .metrics = metrics.in_order(outputs),
          .loss_weights = loss_weights.in_order(outputs),
          .weighted_metrics = weighted_metrics.in_order(outputs)};
}

}  // namespace antler
