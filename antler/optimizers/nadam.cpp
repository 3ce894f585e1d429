#include "antler/optimizers/nadam.h"

#include <cmath>

#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class NadamRule final : public Rule {
 public:
  explicit NadamRule(const NadamOptions& options)
      : beta_1_(options.beta_1), beta_2_(options.beta_2), epsilon_(options.epsilon) {}

  std::string class_name() const override { return "Nadam"; }
  Json config() const override { return {{"beta_1", beta_1_}, {"beta_2", beta_2_}, {"epsilon", epsilon_}}; }
  std::vector<std::string> slots() const override { return {"momentum", "velocity"}; }
  std::vector<float> derived_numbers(int64_t updates) const override { return {product_of_momenta(updates)}; }

  // All in float32, as in Keras.
  void update(View weight, ConstView gradient, std::span<const View> slots, double learning_rate,
              int64_t iteration) const override {
    const auto beta_1 = static_cast<float>(beta_1_);
    const auto beta_2 = static_cast<float>(beta_2_);
    const float now = beta_1 * share(iteration);
    const float next = beta_1 * share(iteration + 1);
    const float product = product_of_momenta(iteration);
    ops::update(weight, gradient, {slots[0], slots[1]},
                ops::NadamStep{.learning_rate = static_cast<float>(learning_rate),
                               .share_of_momentum = next / (1.0F - product * next),
                               .share_of_gradient = (1.0F - now) / (1.0F - product),
                               .correction = 1.0F - std::pow(beta_2, static_cast<float>(iteration)),
                               .rest_of_beta_1 = 1.0F - beta_1,
                               .rest_of_beta_2 = 1.0F - beta_2,
                               .epsilon = static_cast<float>(epsilon_)});
  }

 private:
  // Of beta_1, that an iteration's momentum has.
  static float share(int64_t iteration) {
    return 1.0F - 0.5F * std::pow(0.96F, static_cast<float>(iteration));
  }

  // Keras's u_product, multiplied up in its order. It matters as what 1 exceeds it by: once it is lost in
  // float32's precision, with Keras's beta_1 after some 200 updates, there is no need to go on.
  float product_of_momenta(int64_t updates) const {
    constexpr float lost = 1e-9F;
    float product = 1.0F;
    for (int64_t i = 1; i <= updates && product > lost; ++i)
      product = product * static_cast<float>(beta_1_) * share(i);
    return product;
  }

  double beta_1_;
  double beta_2_;
  double epsilon_;
};

}  // namespace

Optimizer Nadam(const NadamOptions& options) {
  return {std::make_shared<const NadamRule>(options), shared_options(options)};
}

Optimizer read_nadam(Settings& settings) {
  NadamOptions options;
  options.beta_1 = settings.number("beta_1", options.beta_1);
  options.beta_2 = settings.number("beta_2", options.beta_2);
  options.epsilon = settings.number("epsilon", options.epsilon);
  return {std::make_shared<const NadamRule>(options),
          read_shared_options(settings, shared_options(options), OldDecay::of_momentum)};
}

}  // namespace antler::optimizers
