#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class RmspropRule final : public Rule {
 public:
  explicit RmspropRule(const RMSpropOptions& options) : options_(options) {}

  std::string class_name() const override { return "RMSprop"; }
  Json config() const override {
    return {{"rho", options_.rho},
            {"momentum", options_.momentum},
            {"epsilon", options_.epsilon},
            {"centered", options_.centered}};
  }
  std::vector<std::string> slots() const override {
    std::vector<std::string> names{"velocity"};
    if (has_momentum()) names.emplace_back("momentum");
    if (options_.centered) names.emplace_back("average_gradient");
    return names;
  }

  void update(View weight, ConstView gradient, std::span<const View> slots, double learning_rate,
              int64_t /*iteration*/) const override {
    ops::UpdateSlots used{slots.front()};
    if (has_momentum()) used[1] = slots[1];
    if (options_.centered) used[2] = slots.back();
    ops::update(weight, gradient, used,
                ops::RmspropStep{.learning_rate = static_cast<float>(learning_rate),
                                 .rho = static_cast<float>(options_.rho),
                                 .rest_of_rho = static_cast<float>(1.0 - options_.rho),
                                 .momentum = static_cast<float>(options_.momentum),
                                 .epsilon = static_cast<float>(options_.epsilon)});
  }

 private:
  bool has_momentum() const { return options_.momentum > 0.0; }

  RMSpropOptions options_;
};

}  // namespace

Optimizer RMSprop(const RMSpropOptions& options) {
  return {std::make_shared<const RmspropRule>(options), options.learning_rate};
}

Optimizer read_rmsprop(Settings& settings) {
  RMSpropOptions options;
  options.rho = settings.number("rho", options.rho);
  options.momentum = settings.number("momentum", options.momentum);
  options.epsilon = settings.number("epsilon", options.epsilon);
  options.centered = settings.flag("centered", options.centered);
  return RMSprop(options);
}

}  // namespace antler::optimizers
