#include "antler/optimizers/adadelta.h"

#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class AdadeltaRule final : public Rule {
 public:
  explicit AdadeltaRule(const AdadeltaOptions& options) : rho_(options.rho), epsilon_(options.epsilon) {}

  std::string class_name() const override { return "Adadelta"; }
  Json config() const override { return {{"rho", rho_}, {"epsilon", epsilon_}}; }
  std::vector<std::string> slots() const override { return {"accumulated_grad", "accumulated_delta_var"}; }

  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    ops::update(weight, gradient, {slots[0], slots[1]},
                ops::AdadeltaStep{.learning_rate = static_cast<float>(moment.learning_rate),
                                  .rho = static_cast<float>(rho_),
                                  .rest_of_rho = static_cast<float>(1.0 - rho_),
                                  .epsilon = static_cast<float>(epsilon_)});
  }

 private:
  double rho_;
  double epsilon_;
};

}  // namespace

Optimizer Adadelta(const AdadeltaOptions& options) {
  return {std::make_shared<const AdadeltaRule>(options), shared_options(options)};
}

Optimizer read_adadelta(Settings& settings) {
  AdadeltaOptions options;
  options.rho = settings.number("rho", options.rho);
  options.epsilon = settings.number("epsilon", options.epsilon);
  return {std::make_shared<const AdadeltaRule>(options),
          read_shared_options(settings, shared_options(options))};
}

}  // namespace antler::optimizers
