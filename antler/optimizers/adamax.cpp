#include "antler/optimizers/adamax.h"

#include <cmath>

#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class AdamaxRule final : public Rule {
 public:
  explicit AdamaxRule(const AdamaxOptions& options)
      : beta_1_(options.beta_1), beta_2_(options.beta_2), epsilon_(options.epsilon) {}

  std::string class_name() const override { return "Adamax"; }
  Json config() const override { return {{"beta_1", beta_1_}, {"beta_2", beta_2_}, {"epsilon", epsilon_}}; }
  std::vector<std::string> slots() const override { return {"momentum", "norm"}; }

  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    const float power = std::pow(static_cast<float>(beta_1_), static_cast<float>(moment.iteration));
    ops::update(weight, gradient, {slots[0], slots[1]},
                ops::AdamaxStep{.learning_rate = static_cast<float>(moment.learning_rate),
                                .correction = 1.0F - power,
                                .rest_of_beta_1 = static_cast<float>(1.0 - beta_1_),
                                .beta_2 = static_cast<float>(beta_2_),
                                .epsilon = static_cast<float>(epsilon_)});
  }

 private:
  double beta_1_;
  double beta_2_;
  double epsilon_;
};

}  // namespace

Optimizer Adamax(const AdamaxOptions& options) {
  return {std::make_shared<const AdamaxRule>(options), shared_options(options)};
}

Optimizer read_adamax(Settings& settings) {
  AdamaxOptions options;
  options.beta_1 = settings.number("beta_1", options.beta_1);
  options.beta_2 = settings.number("beta_2", options.beta_2);
  options.epsilon = settings.number("epsilon", options.epsilon);
  return {std::make_shared<const AdamaxRule>(options),
          read_shared_options(settings, shared_options(options))};
}

}  // namespace antler::optimizers
