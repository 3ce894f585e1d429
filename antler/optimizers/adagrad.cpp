#include "antler/optimizers/adagrad.h"

#include "antler/core/error.h"
#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class AdagradRule final : public Rule {
 public:
  explicit AdagradRule(const AdagradOptions& options)
      : initial_accumulator_value_(options.initial_accumulator_value), epsilon_(options.epsilon) {
    if (!(initial_accumulator_value_ >= 0.0)) {
      throw Error("initial_accumulator_value of Adagrad is {}; expected at least 0",
                  initial_accumulator_value_);
    }
  }

  std::string class_name() const override { return "Adagrad"; }
  Json config() const override {
    return {{"initial_accumulator_value", initial_accumulator_value_}, {"epsilon", epsilon_}};
  }
  std::vector<std::string> slots() const override { return {"accumulator"}; }
  float initial_slot_value(size_t /*slot*/) const override {
    return static_cast<float>(initial_accumulator_value_);
  }

  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    ops::update(weight, gradient, {slots[0]},
                ops::AdagradStep{.learning_rate = static_cast<float>(moment.learning_rate),
                                 .epsilon = static_cast<float>(epsilon_)});
  }

 private:
  double initial_accumulator_value_;
  double epsilon_;
};

}  // namespace

Optimizer Adagrad(const AdagradOptions& options) {
  return {std::make_shared<const AdagradRule>(options), shared_options(options)};
}

Optimizer read_adagrad(Settings& settings) {
  AdagradOptions options;
  options.initial_accumulator_value =
      settings.number("initial_accumulator_value", options.initial_accumulator_value);
  options.epsilon = settings.number("epsilon", options.epsilon);
  return {std::make_shared<const AdagradRule>(options),
          read_shared_options(settings, shared_options(options))};
}

}  // namespace antler::optimizers
