#include "antler/saving/optimizer_config.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace antler::saving {
namespace {

// The optimizer of a Keras 2 file. The formula is the one it wraps; that it is here says that the file is to
// be Keras 2's again when the model is saved.
class Keras2Rule final : public optimizers::Rule {
 public:
  explicit Keras2Rule(std::shared_ptr<const optimizers::Rule> rule) : rule_(std::move(rule)) {}
  std::string class_name() const override { return rule_->class_name(); }
  Json config() const override { return rule_->config(); }
  std::vector<std::string> slots() const override { return rule_->slots(); }
  float initial_slot_value(size_t slot) const override { return rule_->initial_slot_value(slot); }
  std::vector<float> derived_numbers(int64_t updates) const override {
    return rule_->derived_numbers(updates);
  }
  void update(View weight, ConstView gradient, std::span<const View> slots,
              const optimizers::Moment& moment) const override {
    rule_->update(weight, gradient, slots, moment);
  }

 private:
  std::shared_ptr<const optimizers::Rule> rule_;
};

std::shared_ptr<const optimizers::Rule> share(const optimizers::Optimizer& optimizer) {
  // The optimizer shares its rule with the copy that lives as long as what is returned.
  const auto owner = std::make_shared<optimizers::Optimizer>(optimizer);
  return {owner, &owner->rule()};
}

// Words of Keras 3 that say nothing at these values, and that Keras 2's older optimizers refuse.
bool says_nothing(const std::string& key, const Json& config) {
  constexpr std::array<std::string_view, 3> of_averages = {"use_ema", "ema_momentum",
                                                           "ema_overwrite_frequency"};
  const bool averages = config.value("use_ema", false);
  return config[key].is_null() || (!averages && std::ranges::find(of_averages, key) != of_averages.end());
}

bool same(const Json& a, const Json& b) {
  return a == b || (a.is_number() && b.is_number() && a.get<float>() == b.get<float>());
}

// Whether all settings but the name are those of Keras, to the precision that Keras keeps them in.
bool is_default(const std::string& class_name, const Json& config) {
  const Json usual = optimizers::Optimizer(class_name).config();
  return std::ranges::all_of(config.items(), [&](const auto& item) {
    return item.key() == "name" || (usual.contains(item.key()) && same(item.value(), usual[item.key()]));
  });
}

// Keras 2 reads an empty configuration as its new optimizers with their usual settings, but one with
// settings, unless it is marked in a way that Keras 3 refuses, as its old ones. Where it can be empty it is.
Json optimizer_for_both(const std::string& class_name, const Json& config) {
  Json kept = Json::object();
  if (!is_default(class_name, config)) {
    for (const auto& [key, value] : config.items()) {
      if (!says_nothing(key, config)) kept[key] = value;
    }
  }
  return {{"class_name", class_name}, {"config", kept}};
}

// Keras 2 calls an optimizer by its class name where Keras 3 says "rmsprop".
std::string name_in_keras2(const std::string& class_name, const Json& config) {
  const auto name = config.at("name").get<std::string>();
  return name == optimizers::Optimizer(class_name).name() ? class_name : name;
}

Json optimizer_for_keras2(const std::string& class_name, const Json& config) {
  Json all = {{"name", name_in_keras2(class_name, config)},
              {"weight_decay", nullptr},
              {"clipnorm", nullptr},
              {"global_clipnorm", nullptr},
              {"clipvalue", nullptr},
              {"use_ema", false},
              {"ema_momentum", 0.99},
              {"ema_overwrite_frequency", nullptr},
              {"jit_compile", false},
              {"is_legacy_optimizer", false}};
  for (const auto& [key, value] : config.items()) {
    const bool of_keras3 = key == "loss_scale_factor" || key == "gradient_accumulation_steps";
    if (!of_keras3 && key != "name") all[key] = value;
  }
  return {{"class_name", "Custom>" + class_name}, {"config", all}};
}

Json optimizer_for_keras3(const optimizers::Optimizer& optimizer) {
  return {{"module", "keras.optimizers"},
          {"class_name", optimizer.rule().class_name()},
          {"config", optimizer.config()},
          {"registered_name", nullptr}};
}

}  // namespace

Json optimizer_to_config(const optimizers::Optimizer& optimizer, Flavour flavour) {
  if (flavour == Flavour::keras3) return optimizer_for_keras3(optimizer);
  const std::string class_name = optimizer.rule().class_name();
  return flavour == Flavour::keras2 ? optimizer_for_keras2(class_name, optimizer.config())
                                    : optimizer_for_both(class_name, optimizer.config());
}

optimizers::Optimizer optimizer_from_config(const Json& saved, Flavour flavour) {
  auto class_name = saved.at("class_name").get<std::string>();
  class_name = class_name.substr(class_name.find('>') + 1);  // "Custom>RMSprop"
  const Json& config = saved.at("config");
  const optimizers::Optimizer read = optimizers::Optimizer::from_config(class_name, config);
  if (flavour != Flavour::keras2) return read;
  const std::shared_ptr<const optimizers::Rule> own = read.rule().in_keras_2();
  return {std::make_shared<Keras2Rule>(own ? own : share(read)), read.options()};
}

Flavour flavour_of(const optimizers::Optimizer& optimizer) {
  return dynamic_cast<const Keras2Rule*>(&optimizer.rule()) != nullptr ? Flavour::keras2 : Flavour::both;
}

}  // namespace antler::saving
