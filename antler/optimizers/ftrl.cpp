#include "antler/optimizers/ftrl.h"

#include "antler/core/error.h"
#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

void require_not_negative(const char* what, double value) {
  if (!(value >= 0.0)) throw Error("{} of Ftrl is {}; expected at least 0", what, value);
}

class FtrlRule final : public Rule {
 public:
  explicit FtrlRule(const FtrlOptions& options)
      : power_(options.learning_rate_power),
        initial_accumulator_value_(options.initial_accumulator_value),
        l1_(options.l1_regularization_strength),
        l2_(options.l2_regularization_strength),
        l2_shrinkage_(options.l2_shrinkage_regularization_strength),
        beta_(options.beta) {
    if (!(power_ <= 0.0)) throw Error("learning_rate_power of Ftrl is {}; expected at most 0", power_);
    require_not_negative("initial_accumulator_value", initial_accumulator_value_);
    require_not_negative("l1_regularization_strength", l1_);
    require_not_negative("l2_regularization_strength", l2_);
    require_not_negative("l2_shrinkage_regularization_strength", l2_shrinkage_);
  }

  std::string class_name() const override { return "Ftrl"; }
  Json config() const override {
    return {{"learning_rate_power", power_},
            {"initial_accumulator_value", initial_accumulator_value_},
            {"l1_regularization_strength", l1_},
            {"l2_regularization_strength", l2_},
            {"l2_shrinkage_regularization_strength", l2_shrinkage_},
            {"beta", beta_}};
  }
  std::vector<std::string> slots() const override { return {"accumulator", "linear"}; }
  float initial_slot_value(size_t slot) const override {
    return slot == 0 ? static_cast<float>(initial_accumulator_value_) : 0.0F;
  }

  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    const auto rate = static_cast<float>(moment.learning_rate);
    const float l2 = static_cast<float>(l2_) + static_cast<float>(beta_) / (2.0F * rate);
    ops::update(weight, gradient, {slots[0], slots[1]},
                ops::FtrlStep{.learning_rate = rate,
                              .learning_rate_power = static_cast<float>(power_),
                              .l1 = static_cast<float>(l1_),
                              .twice_l2 = 2.0F * l2,
                              .twice_l2_shrinkage = static_cast<float>(2.0 * l2_shrinkage_)});
  }

 private:
  double power_;
  double initial_accumulator_value_;
  double l1_;
  double l2_;
  double l2_shrinkage_;
  double beta_;
};

}  // namespace

Optimizer Ftrl(const FtrlOptions& options) {
  return {std::make_shared<const FtrlRule>(options), shared_options(options)};
}

Optimizer read_ftrl(Settings& settings) {
  FtrlOptions options;
  const auto read = [&](const char* key, double& value) { value = settings.number(key, value); };
  read("learning_rate_power", options.learning_rate_power);
  read("initial_accumulator_value", options.initial_accumulator_value);
  read("l1_regularization_strength", options.l1_regularization_strength);
  read("l2_regularization_strength", options.l2_regularization_strength);
  read("l2_shrinkage_regularization_strength", options.l2_shrinkage_regularization_strength);
  read("beta", options.beta);
  return {std::make_shared<const FtrlRule>(options), read_shared_options(settings, shared_options(options))};
}

}  // namespace antler::optimizers
