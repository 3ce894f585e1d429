#include <cmath>

#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class AdamRule final : public Rule {
 public:
  explicit AdamRule(const AdamOptions& options) : options_(options) {}

  std::string class_name() const override { return "Adam"; }
  Json config() const override {
    return {{"beta_1", options_.beta_1},
            {"beta_2", options_.beta_2},
            {"epsilon", options_.epsilon},
            {"amsgrad", options_.amsgrad}};
  }
  std::vector<std::string> slots() const override {
    std::vector<std::string> names{"momentum", "velocity"};
    if (options_.amsgrad) names.emplace_back("velocity_hat");
    return names;
  }

  void update(View weight, ConstView gradient, std::span<const View> slots, double learning_rate,
              int64_t iteration) const override {
    ops::UpdateSlots used{slots[0], slots[1]};
    if (options_.amsgrad) used[2] = slots[2];
    ops::update(weight, gradient, used,
                ops::AdamStep{.alpha = corrected(static_cast<float>(learning_rate), iteration),
                              .rest_of_beta_1 = static_cast<float>(1.0 - options_.beta_1),
                              .rest_of_beta_2 = static_cast<float>(1.0 - options_.beta_2),
                              .epsilon = static_cast<float>(options_.epsilon)});
  }

 private:
  // All in float32, as Keras does: its powers of 0.999 are off in the fifth digit at first.
  float corrected(float learning_rate, int64_t iteration) const {
    const auto step = static_cast<float>(iteration);
    const float power_1 = std::pow(static_cast<float>(options_.beta_1), step);
    const float power_2 = std::pow(static_cast<float>(options_.beta_2), step);
    return learning_rate * std::sqrt(1.0F - power_2) / (1.0F - power_1);
  }

  AdamOptions options_;
};

}  // namespace

Optimizer Adam(const AdamOptions& options) {
  return {std::make_shared<const AdamRule>(options), options.learning_rate};
}

Optimizer read_adam(Settings& settings) {
  AdamOptions options;
  options.beta_1 = settings.number("beta_1", options.beta_1);
  options.beta_2 = settings.number("beta_2", options.beta_2);
  options.epsilon = settings.number("epsilon", options.epsilon);
  options.amsgrad = settings.flag("amsgrad", options.amsgrad);
  return Adam(options);
}

}  // namespace antler::optimizers
