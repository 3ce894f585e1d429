#include "antler/optimizers/sgd.h"

#include "antler/core/error.h"
#include "antler/ops/update.h"
#include "antler/optimizers/rules.h"

namespace antler::optimizers {
namespace {

class SgdRule final : public Rule {
 public:
  explicit SgdRule(const SGDOptions& options) : momentum_(options.momentum), nesterov_(options.nesterov) {
    if (!(momentum_ >= 0.0 && momentum_ <= 1.0)) {
      throw Error("the momentum of SGD is {}; expected 0 to 1", momentum_);
    }
  }

  std::string class_name() const override { return "SGD"; }
  Json config() const override { return {{"momentum", momentum_}, {"nesterov", nesterov_}}; }
  std::vector<std::string> slots() const override {
    return momentum_ != 0.0 ? std::vector<std::string>{"momentum"} : std::vector<std::string>{};
  }

  void update(View weight, ConstView gradient, std::span<const View> slots,
              const Moment& moment) const override {
    ops::UpdateSlots used;
    if (!slots.empty()) used[0] = slots[0];
    ops::update(weight, gradient, used,
                ops::SgdStep{.learning_rate = static_cast<float>(moment.learning_rate),
                             .momentum = static_cast<float>(momentum_),
                             .nesterov = nesterov_});
  }

 private:
  double momentum_;
  bool nesterov_;
};

}  // namespace

Optimizer SGD(const SGDOptions& options) {
  return {std::make_shared<const SgdRule>(options), shared_options(options)};
}

Optimizer read_sgd(Settings& settings) {
  SGDOptions options;
  options.momentum = settings.number("momentum", options.momentum);
  options.nesterov = settings.flag("nesterov", options.nesterov);
  return {std::make_shared<const SgdRule>(options), read_shared_options(settings, shared_options(options))};
}

}  // namespace antler::optimizers
