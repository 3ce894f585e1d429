#include "antler/optimizers/optimizer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <utility>

#include "antler/core/error.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Keras's to_snake_case: a name for what a user did not name.
std::string default_name(const std::string& class_name) {
  const std::string words = std::regex_replace(class_name, std::regex("(.)([A-Z][a-z]+)"), "$1_$2");
  return lower_case(std::regex_replace(words, std::regex("([a-z])([A-Z])"), "$1_$2"));
}

struct Kind {
  std::string_view name;
  Optimizer (*read)(Settings& settings);
};
constexpr std::array<Kind, 3> kinds = {{{"sgd", read_sgd}, {"rmsprop", read_rmsprop}, {"adam", read_adam}}};

// Keras takes names in any case, and Keras 2 registers its classes as "Custom>RMSprop".
const Kind& kind_of(const std::string& class_name) {
  std::string name = lower_case(class_name);
  if (constexpr std::string_view package = "custom>"; name.starts_with(package))
    name.erase(0, package.size());
  const auto* kind = std::ranges::find(kinds, name, &Kind::name);
  if (kind == kinds.end()) {
    throw Error("there is no optimizer '{}'; expected SGD, RMSprop or Adam", class_name);
  }
  return *kind;
}

// Called "lr" up to Keras 2.2.
double read_learning_rate(Settings& settings, double otherwise) {
  const Json& value = settings.raw("learning_rate");
  if (value.is_object()) {
    throw Error(
        "{}: the learning rate follows a schedule ({}), which antler does not support; expected a number",
        settings.where(), dump_json(value));
  }
  return settings.number("learning_rate", settings.number("lr", otherwise));
}

// What every optimizer of Keras has beside its own settings, in Keras's order; all off.
Json shared_config(const std::string& name, double learning_rate) {
  return {{"name", name},
          {"learning_rate", double{static_cast<float>(learning_rate)}},
          {"weight_decay", nullptr},
          {"clipnorm", nullptr},
          {"global_clipnorm", nullptr},
          {"clipvalue", nullptr},
          {"use_ema", false},
          {"ema_momentum", 0.99},
          {"ema_overwrite_frequency", nullptr},
          {"loss_scale_factor", nullptr},
          {"gradient_accumulation_steps", nullptr}};
}

std::vector<std::vector<Tensor>> new_slots(const Rule& rule, std::span<const View> weights) {
  std::vector<std::vector<Tensor>> slots(rule.slots().size());
  if (slots.size() > max_slots) {
    throw Error("optimizer '{}' keeps {} tensors a weight; expected at most {}", rule.class_name(),
                slots.size(), max_slots);
  }
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    for (const View& weight : weights) slots[slot].emplace_back(weight.shape, rule.initial_slot_value(slot));
  }
  return slots;
}

}  // namespace

Optimizer::Optimizer(const char* name) : Optimizer(std::string(name)) {}
Optimizer::Optimizer(const std::string& name) : Optimizer(from_config(name, Json())) {}
Optimizer::Optimizer(std::shared_ptr<const Rule> rule, double learning_rate, std::string name)
    : rule_(std::move(rule)),
      learning_rate_(learning_rate),
      name_(name.empty() ? default_name(rule_->class_name()) : std::move(name)) {}

Optimizer Optimizer::from_config(const std::string& class_name, const Json& config) {
  Settings settings(config, fmt::format("optimizer '{}'", class_name));
  Optimizer optimizer = kind_of(class_name).read(settings);
  settings.require_off({"weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema",
                        "loss_scale_factor", "gradient_accumulation_steps", "decay"});
  settings.ignore({"ema_momentum", "ema_overwrite_frequency", "jit_compile", "is_legacy_optimizer"});
  optimizer.learning_rate_ = read_learning_rate(settings, optimizer.learning_rate_);
  optimizer.name_ = settings.text("name", optimizer.name_);
  settings.finish();
  return optimizer;
}

std::vector<std::string> optimizer_classes() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.push_back(Optimizer(std::string(kind.name)).rule().class_name());
  return names;
}

Json Optimizer::config() const {
  Json config = shared_config(name_, learning_rate_);
  config.update(rule_->config());
  return config;
}

void Optimizer::apply(std::span<const View> weights, std::span<const ConstView> gradients) {
  if (weights.size() != gradients.size()) {
    throw Error("there are {} gradients for {} weights", gradients.size(), weights.size());
  }
  if (state_.slots.empty()) state_.slots = new_slots(*rule_, weights);
  for (const std::vector<Tensor>& slot : state_.slots) {
    if (slot.size() == weights.size()) continue;
    throw Error("optimizer '{}' remembers {} weights; it is to update {}", name_, slot.size(),
                weights.size());
  }
  ++state_.iterations;
  std::array<View, max_slots> slots;
  const size_t slot_count = state_.slots.size();
  for (size_t i = 0; i < weights.size(); ++i) {
    for (size_t slot = 0; slot < slot_count; ++slot) slots[slot] = state_.slots[slot][i].view();
    rule_->update(weights[i], gradients[i], std::span(slots).first(slot_count), learning_rate_,
                  state_.iterations);
  }
}

}  // namespace antler::optimizers
