#include "antler/layers/identity.h"

#include "antler/layers/fields.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, ActivityRegularizationOptions& options) {
  field("l1", options.l1);
  field("l2", options.l2);
};

class IdentityLayer final : public LayerBase {
 public:
  std::string class_name() const override { return "Identity"; }
  graph::Value lower(Lowering& /*to*/, std::span<const graph::Value> inputs) override { return inputs[0]; }
  Json config() const override { return Json::object(); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<IdentityLayer>(*this); }
};

class ActivityRegularizationLayer final : public LayerBase {
 public:
  explicit ActivityRegularizationLayer(const ActivityRegularizationOptions& options)
      : options_(options), regularizer_(regularizers::L1L2(options.l1, options.l2)) {}

  std::string class_name() const override { return "ActivityRegularization"; }

  // Its regularizer is not activity_regularizer: Keras refuses to read that beside l1 and l2.
  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const double share = 1.0 / static_cast<double>(to.graph.shape(inputs[0])[0]);
    to.penalties.push_back(regularizer_.lower(to.graph, inputs[0], share));
    return inputs[0];
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override {
    return std::make_shared<ActivityRegularizationLayer>(*this);
  }

 private:
  ActivityRegularizationOptions options_;
  regularizers::Regularizer regularizer_;
};

}  // namespace

Layer Identity(const LayerOptions& options) {
  return make_layer_of<IdentityLayer>("Identity", options);
}
Layer ActivityRegularization(const ActivityRegularizationOptions& options) {
  return make_layer_of<ActivityRegularizationLayer>("ActivityRegularization", options, options);
}

std::shared_ptr<LayerBase> read_identity(ConfigReader& /*config*/) {
  return std::make_shared<IdentityLayer>();
}
std::shared_ptr<LayerBase> read_activity_regularization(ConfigReader& config) {
  return std::make_shared<ActivityRegularizationLayer>(
      read_options<ActivityRegularizationOptions>(config, fields));
}

}  // namespace antler::layers
