#include "antler/optimizers/nadam.h"

#include <cmath>

#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class NadamRule final : public Rule {
 public:
  NadamRule(const NadamOptions& options, bool is_keras_2)
      : beta_1_(options.beta_1),
        beta_2_(options.beta_2),
        epsilon_(options.epsilon),
        is_keras_2_(is_keras_2) {}

  std::string class_name() const override { return "Nadam"; }
  Json config() const override { return {{"beta_1", beta_1_}, {"beta_2", beta_2_}, {"epsilon", epsilon_}}; }
  std::vector<std::string> slots() const override { return {"momentum", "velocity"}; }
  std::shared_ptr<const Rule> in_keras_2() const override {
    return std::make_shared<const NadamRule>(
        NadamOptions{.beta_1 = beta_1_, .beta_2 = beta_2_, .epsilon = epsilon_}, true);
  }
  std::vector<float> derived_numbers(int64_t updates) const override { return {product_of_momenta(updates)}; }

  // All in float32, as in Keras.
  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    const auto beta_1 = static_cast<float>(beta_1_);
    const auto beta_2 = static_cast<float>(beta_2_);
    const float now = beta_1 * share(moment.iteration);
    const float next = beta_1 * share(moment.iteration + 1);
    const float product = is_keras_2_ ? product_in_keras_2(moment) : product_of_momenta(moment.iteration);
    ops::update(weight, gradient, {slots[0], slots[1]},
                ops::NadamStep{.learning_rate = static_cast<float>(moment.learning_rate),
                               .share_of_momentum = next / (1.0F - product * next),
                               .share_of_gradient = (1.0F - now) / (1.0F - product),
                               .correction = 1.0F - std::pow(beta_2, static_cast<float>(moment.iteration)),
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

  // tf-keras multiplies by the iteration's momentum not once but for each weight, as it comes to it; other
  // than for the one whose place is the iteration's number. It does not save the product either: after
  // loading it begins at 1 again, which is forgotten within an update or two.
  float product_in_keras_2(const Moment& moment) const {
    float product = 1.0F;
    constexpr float lost = 1e-9F;
    for (int64_t iteration = 1; iteration <= moment.iteration && product > lost; ++iteration) {
      const bool is_over = iteration < moment.iteration;
      const float factor = static_cast<float>(beta_1_) * share(iteration);
      for (size_t weight = 0; weight < (is_over ? moment.weights : moment.weight + 1); ++weight) {
        if (static_cast<int64_t>(weight) != iteration) product *= factor;
      }
    }
    return product;
  }

  double beta_1_;
  double beta_2_;
  double epsilon_;
  bool is_keras_2_;
};

}  // namespace

Optimizer Nadam(const NadamOptions& options) {
  return {std::make_shared<const NadamRule>(options, false), shared_options(options)};
}

Optimizer read_nadam(Settings& settings) {
  NadamOptions options;
  options.beta_1 = settings.number("beta_1", options.beta_1);
  options.beta_2 = settings.number("beta_2", options.beta_2);
  options.epsilon = settings.number("epsilon", options.epsilon);
  return {std::make_shared<const NadamRule>(options, false),
          read_shared_options(settings, shared_options(options), OldDecay::of_momentum)};
}

}  // namespace antler::optimizers
