#include "antler/optimizers/lion.h"

#include "antler/core/error.h"
#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class LionRule final : public Rule {
 public:
  explicit LionRule(const LionOptions& options) : beta_1_(options.beta_1), beta_2_(options.beta_2) {
    if (!(beta_1_ > 0.0 && beta_1_ <= 1.0)) {
      throw Error("beta_1 of Lion is {}; expected above 0, and at most 1", beta_1_);
    }
  }

  std::string class_name() const override { return "Lion"; }
  Json config() const override { return {{"beta_1", beta_1_}, {"beta_2", beta_2_}}; }
  std::vector<std::string> slots() const override { return {"momentum"}; }

  // Keras takes the rests of both from float32 numbers.
  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    const auto beta_1 = static_cast<float>(beta_1_);
    const auto beta_2 = static_cast<float>(beta_2_);
    ops::update(weight, gradient, {slots[0]},
                ops::LionStep{.learning_rate = static_cast<float>(moment.learning_rate),
                              .beta_1 = beta_1,
                              .rest_of_beta_1 = 1.0F - beta_1,
                              .beta_2 = beta_2,
                              .rest_of_beta_2 = 1.0F - beta_2});
  }

 private:
  double beta_1_;
  double beta_2_;
};

}  // namespace

Optimizer Lion(const LionOptions& options) {
  return {std::make_shared<const LionRule>(options), shared_options(options)};
}

Optimizer read_lion(Settings& settings) {
  LionOptions options;
  options.beta_1 = settings.number("beta_1", options.beta_1);
  options.beta_2 = settings.number("beta_2", options.beta_2);
  return {std::make_shared<const LionRule>(options), read_shared_options(settings, shared_options(options))};
}

}  // namespace antler::optimizers
