#include "antler/models/renew_normalization.h"

#include <algorithm>
#include <map>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/dataset_batches.h"
#include "antler/models/model_state.h"
#include "antler/models/step.h"

namespace antler {
namespace {

// A statistic of a layer, and the sum of what the batches have instead.
struct Statistic {
  layers::Weight* moving;
  /// How far a batch moves it.
  float share;
  std::vector<double> sum;
};

void find_statistics(const layers::Layer& layer, std::vector<Statistic>& found) {
  for (const layers::Layer& sublayer : layer.base().sublayers()) find_statistics(sublayer, found);
  if (layer.class_name() != "BatchNormalization" || !layer.trainable()) return;
  const auto momentum = layer.base().config().at("momentum").get<double>();
  if (momentum == 1.0)
    throw Error("layer '{}' has the momentum 1 and never looks at its batches; expected less", layer.name());
  for (layers::Weight& weight : std::span(layer.base().weights).last(2)) {
    const bool known = std::ranges::any_of(found, [&](const Statistic& s) { return s.moving == &weight; });
    const auto size = static_cast<size_t>(weight.value.size());
    if (!known) found.push_back({&weight, 1.0F - static_cast<float>(momentum), std::vector<double>(size)});
  }
}

std::vector<Statistic> statistics_of(const Model& model) {
  std::vector<Statistic> found;
  for (const layers::Layer& layer : model.layers()) find_statistics(layer, found);
  return found;
}

// From zero, a single batch moves a statistic to its share of the batch's own.
void add_batch(Step& step, const BatchView& batch, ops::RandomKey random,
               std::vector<Statistic>& statistics) {
  for (const Statistic& each : statistics) std::ranges::fill(each.moving->value.span(), 0.0F);
  step.forward(batch.x, {}, random);
  for (Statistic& each : statistics) {
    const double weight = static_cast<double>(batch.rows) / each.share;
    const std::span<const float> moved = each.moving->value.span();
    for (size_t i = 0; i < moved.size(); ++i) each.sum[i] += weight * double{moved[i]};
  }
}

}  // namespace

void renew_normalization(Model& model, const Dataset& data) {
  Model copy = model;
  const Model::State& state = *copy.state_;
  std::vector<Statistic> statistics = statistics_of(copy);
  DatasetBatches batches(copy, data, {.with_targets = false});
  batches.check_first();
  batches.begin_epoch({});
  std::map<int64_t, Step> steps;
  int64_t rows = 0;
  for (uint64_t number = 0; batches.has_next(); ++number) {
    const BatchView& batch = batches.next();
    const StepOptions options{.batch = batch.rows, .training = true, .targets = {}};
    Step& step = steps.try_emplace(batch.rows, state, options).first->second;
    add_batch(step, batch, {.seed = model.seed(), .step = number}, statistics);
    rows += batch.rows;
  }
  const std::vector<Statistic> own = statistics_of(model);
  for (size_t i = 0; i < own.size(); ++i) {
    std::ranges::transform(statistics[i].sum, own[i].moving->value.data(),
                           [&](double sum) { return static_cast<float>(sum / static_cast<double>(rows)); });
  }
}

}  // namespace antler
