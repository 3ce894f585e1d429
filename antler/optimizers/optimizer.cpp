#include "antler/optimizers/optimizer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "antler/core/error.h"
#include "antler/ops/gradients.h"
#include "antler/optimizers/build.h"
#include "antler/optimizers/clip_gradients.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

void add_like(std::span<const View> weights, float value, std::vector<Tensor>& to) {
  for (const View& weight : weights) to.emplace_back(weight.shape, value);
}

void check_same_shape(ConstView from, View to, const char* what = "values") {
  if (from.shape == to.shape) return;
  throw Error("a weight of shape {} cannot be updated by {} of shape {}", to.shape.to_string(), what,
              from.shape.to_string());
}

void copy(ConstView from, View to) {
  check_same_shape(from, to);
  std::ranges::copy(from.span(), to.span().begin());
}

}  // namespace

Optimizer::Optimizer(const char* name) : Optimizer(std::string(name)) {}
Optimizer::Optimizer(const std::string& name) : Optimizer(from_config(name, Json())) {}
Optimizer::Optimizer(std::shared_ptr<const Rule> rule, SharedOptions options)
    : rule_(std::move(rule)), options_(std::move(options)) {
  check(options_, rule_->class_name());
  if (options_.name.empty()) options_.name = default_name(rule_->class_name());
}

Optimizer Optimizer::from_config(const std::string& class_name, const Json& config) {
  Settings settings(config, fmt::format("optimizer '{}'", class_name));
  Optimizer optimizer = reader_of(class_name)(settings);
  settings.finish();
  return optimizer;
}

void Optimizer::set_learning_rate(double learning_rate) {
  if (options_.learning_rate.is_scheduled()) {
    throw Error(
        "the learning rate of optimizer '{}' follows a schedule and cannot be set; expected an optimizer "
        "that was made with a number",
        name());
  }
  options_.learning_rate = learning_rate;
}

Json Optimizer::config() const {
  Json config = shared_config(options_);
  config.update(rule_->config());
  return config;
}

bool Optimizer::is_built() const {
  return state_.slots.size() == rule_->slots().size() && (!options_.use_ema || !state_.averages.empty()) &&
         (!accumulates_gradients() || !state_.accumulated_gradients.empty());
}

int64_t Optimizer::calls_per_update() const {
  return std::max<int64_t>(options_.gradient_accumulation_steps.value_or(1), 1);
}

void Optimizer::apply(std::span<const View> weights, std::span<const ConstView> gradients) {
  if (weights.size() != gradients.size()) {
    throw Error("there are {} gradients for {} weights", gradients.size(), weights.size());
  }
  begin_update(weights);
  if (accumulates_gradients()) {
    const int64_t calls = calls_per_update();
    std::vector<Tensor>& sums = state_.accumulated_gradients;
    for (size_t i = 0; i < sums.size(); ++i) ops::accumulate(sums[i].view(), gradients[i]);
    if ((state_.iterations + 1) % calls == 0) {
      for (Tensor& sum : sums) ops::scale(sum.view(), 1.0F, static_cast<float>(calls));
      update_from(weights, sums);
      for (Tensor& sum : sums) std::ranges::fill(sum.span(), 0.0F);
    }
  } else if (clips_gradients(options_)) {
    for (size_t i = 0; i < clipped_.size(); ++i) copy(gradients[i], clipped_[i].view());
    update_from(weights, clipped_);
  } else {
    for (size_t i = 0; i < weights.size(); ++i) {
      if (gradients[i].data != nullptr) update(i, weights[i], gradients[i]);
    }
  }
  if (options_.use_ema) update_averages(weights);
  ++state_.iterations;
}

bool Optimizer::updates_in_pieces() const {
  return !accumulates_gradients() && !clips_gradients(options_);
}

void Optimizer::begin_update(std::span<const View> weights) {
  build(*this, weights);
  if (!accumulates_gradients() && clips_gradients(options_) && clipped_.empty())
    add_like(weights, 0.0F, clipped_);

  const auto require_fit = [&](const std::vector<Tensor>& remembered) {
    if (remembered.empty() || remembered.size() == weights.size()) return;
    throw Error("optimizer '{}' remembers {} weights; it is to update {}", name(), remembered.size(),
                weights.size());
  };
  for (std::vector<Tensor>& slot : state_.slots) {
    require_fit(slot);
    for (size_t i = 0; i < slot.size(); ++i) check_same_shape(slot[i].view(), weights[i], "a slot");
  }
  require_fit(state_.averages);
  require_fit(state_.accumulated_gradients);
  require_fit(clipped_);
}

void Optimizer::update_from(std::span<const View> weights, std::span<Tensor> gradients) {
  clip_gradients(gradients, options_);
  for (size_t i = 0; i < weights.size(); ++i) update(i, weights[i], gradients[i].view());
}

void Optimizer::update(size_t index, View weight, ConstView gradient) {
  check_same_shape(gradient, weight, "a gradient");
  update_piece(index, weight, 0, gradient.span());
}

void Optimizer::update_piece(size_t index, View weight, int64_t first, std::span<const float> gradient) {
  const auto count = static_cast<int64_t>(gradient.size());
  const auto piece_of = [&](const View& whole) { return View{whole.data + first, {count}}; };
  const View piece = piece_of(weight);
  if (options_.weight_decay) {
    ops::decay(piece, static_cast<float>(*options_.weight_decay), static_cast<float>(learning_rate()));
  }
  std::array<View, max_slots> slots;
  const size_t slot_count = state_.slots.size();
  for (size_t slot = 0; slot < slot_count; ++slot) slots[slot] = piece_of(state_.slots[slot][index].view());
  rule_->update(piece, {gradient.data(), piece.shape}, std::span(slots).first(slot_count),
                {.learning_rate = learning_rate(),
                 .iteration = updates() + 1,
                 .weight = index,
                 .weights = state_.slots.empty() ? 1 : state_.slots.front().size()});
}

// The first averages are the weights themselves.
void Optimizer::update_averages(std::span<const View> weights) {
  const float share = updates() == 0 ? 0.0F : static_cast<float>(options_.ema_momentum);
  for (size_t i = 0; i < weights.size(); ++i)
    ops::average(state_.averages[i].view(), weights[i], share, 1.0F - share);
  const int64_t frequency = options_.ema_overwrite_frequency.value_or(0);
  if (frequency != 0 && (updates() + 1) % frequency == 0) finalize_variable_values(weights);
}

void Optimizer::check_averages_of(std::span<const View> weights) const {
  if (!options_.use_ema)
    throw Error("optimizer '{}' keeps no averages of the weights; expected one with use_ema", name());
  if (weights.size() != state_.averages.size()) {
    throw Error("optimizer '{}' has averages of {} weights; there are {}", name(), state_.averages.size(),
                weights.size());
  }
}

void Optimizer::swap_averages(std::span<const View> weights) {
  check_averages_of(weights);
  for (size_t i = 0; i < weights.size(); ++i) {
    check_same_shape(state_.averages[i].view(), weights[i]);
    std::ranges::swap_ranges(state_.averages[i].span(), weights[i].span());
  }
}

void Optimizer::begin_averages(std::span<const View> weights) {
  check_averages_of(weights);
  for (size_t i = 0; i < weights.size(); ++i) copy(weights[i], state_.averages[i].view());
}

void Optimizer::finalize_variable_values(std::span<const View> weights) const {
  if (!options_.use_ema || state_.averages.empty()) return;
  check_averages_of(weights);
  for (size_t i = 0; i < weights.size(); ++i) copy(state_.averages[i].view(), weights[i]);
}

}  // namespace antler::optimizers
