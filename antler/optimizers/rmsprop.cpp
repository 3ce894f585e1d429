#include "antler/optimizers/rmsprop.h"

#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class RmspropRule final : public Rule {
 public:
  explicit RmspropRule(const RMSpropOptions& options)
      : rho_(options.rho),
        momentum_(options.momentum),
        epsilon_(options.epsilon),
        centered_(options.centered) {}

  std::string class_name() const override { return "RMSprop"; }
  Json config() const override {
    return {{"rho", rho_}, {"momentum", momentum_}, {"epsilon", epsilon_}, {"centered", centered_}};
  }
  std::vector<std::string> slots() const override {
    std::vector<std::string> names{"velocity"};
    if (has_momentum()) names.emplace_back("momentum");
    if (centered_) names.emplace_back("average_gradient");
    return names;
  }

  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    ops::UpdateSlots used{slots.front()};
    if (has_momentum()) used[1] = slots[1];
    if (centered_) used[2] = slots.back();
    ops::update(weight, gradient, used,
                ops::RmspropStep{.learning_rate = static_cast<float>(moment.learning_rate),
                                 .rho = static_cast<float>(rho_),
                                 .rest_of_rho = static_cast<float>(1.0 - rho_),
                                 .momentum = static_cast<float>(momentum_),
                                 .epsilon = static_cast<float>(epsilon_)});
  }

 private:
  bool has_momentum() const { return momentum_ > 0.0; }

  double rho_;
  double momentum_;
  double epsilon_;
  bool centered_;
};

}  // namespace

Optimizer RMSprop(const RMSpropOptions& options) {
  return {std::make_shared<const RmspropRule>(options), shared_options(options)};
}

Optimizer read_rmsprop(Settings& settings) {
  RMSpropOptions options;
  options.rho = settings.number("rho", options.rho);
  options.momentum = settings.number("momentum", options.momentum);
  options.epsilon = settings.number("epsilon", options.epsilon);
  options.centered = settings.flag("centered", options.centered);
  return {std::make_shared<const RmspropRule>(options),
          read_shared_options(settings, shared_options(options))};
}

}  // namespace antler::optimizers
