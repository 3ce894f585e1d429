#include "antler/optimizers/adam.h"

#include <cmath>

#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

// AdamW differs in its name, and in a weight decay that is every optimizer's.
class AdamRule final : public Rule {
 public:
  template <typename Options>
  AdamRule(const char* class_name, const Options& options)
      : class_name_(class_name),
        beta_1_(options.beta_1),
        beta_2_(options.beta_2),
        epsilon_(options.epsilon),
        amsgrad_(options.amsgrad) {}

  std::string class_name() const override { return class_name_; }
  Json config() const override {
    return {{"beta_1", beta_1_}, {"beta_2", beta_2_}, {"epsilon", epsilon_}, {"amsgrad", amsgrad_}};
  }
  std::vector<std::string> slots() const override {
    std::vector<std::string> names{"momentum", "velocity"};
    if (amsgrad_) names.emplace_back("velocity_hat");
    return names;
  }

  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    ops::UpdateSlots used{slots[0], slots[1]};
    if (amsgrad_) used[2] = slots[2];
    ops::update(weight, gradient, used,
                ops::AdamStep{.alpha = corrected(static_cast<float>(moment.learning_rate), moment.iteration),
                              .rest_of_beta_1 = static_cast<float>(1.0 - beta_1_),
                              .rest_of_beta_2 = static_cast<float>(1.0 - beta_2_),
                              .epsilon = static_cast<float>(epsilon_)});
  }

 private:
  // All in float32, as Keras does: its powers of 0.999 are off in the fifth digit at first.
  float corrected(float learning_rate, int64_t iteration) const {
    const auto step = static_cast<float>(iteration);
    const float power_1 = std::pow(static_cast<float>(beta_1_), step);
    const float power_2 = std::pow(static_cast<float>(beta_2_), step);
    return learning_rate * std::sqrt(1.0F - power_2) / (1.0F - power_1);
  }

  const char* class_name_;
  double beta_1_;
  double beta_2_;
  double epsilon_;
  bool amsgrad_;
};

template <typename Options>
Optimizer make(const char* class_name, const Options& options, const SharedOptions& shared) {
  return {std::make_shared<const AdamRule>(class_name, options), shared};
}

template <typename Options>
Optimizer read(const char* class_name, Settings& settings) {
  Options options;
  options.beta_1 = settings.number("beta_1", options.beta_1);
  options.beta_2 = settings.number("beta_2", options.beta_2);
  options.epsilon = settings.number("epsilon", options.epsilon);
  options.amsgrad = settings.flag("amsgrad", options.amsgrad);
  return make(class_name, options, read_shared_options(settings, shared_options(options)));
}

}  // namespace

Optimizer Adam(const AdamOptions& options) {
  return make("Adam", options, shared_options(options));
}

Optimizer AdamW(const AdamWOptions& options) {
  return make("AdamW", options, shared_options(options));
}

Optimizer read_adam(Settings& settings) {
  return read<AdamOptions>("Adam", settings);
}

Optimizer read_adamw(Settings& settings) {
  return read<AdamWOptions>("AdamW", settings);
}

}  // namespace antler::optimizers
