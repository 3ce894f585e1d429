#include "antler/layers/dropout.h"

#include "antler/core/random.h"
#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/dropout.h"

namespace antler::layers {
namespace {

class DropoutLayer final : public LayerBase {
 public:
  DropoutLayer(double rate, std::optional<int64_t> seed) : rate_(rate), seed_(seed) {
    check_at_least("rate", rate, 0.0);
    if (rate >= 1.0) throw Error("rate is {}; expected less than 1", rate);
  }

  std::string class_name() const override { return "Dropout"; }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training || rate_ == 0.0) return inputs[0];
    ops::Dropout dropout;
    dropout.rate = static_cast<float>(rate_);
    dropout.stream = stream_of(seed_ ? name + "/" + std::to_string(*seed_) : name);
    return to.graph.apply(dropout, {inputs[0]});
  }

  Json config() const override {
    Json settings = {{"rate", rate_}, {"seed", nullptr}, {"noise_shape", nullptr}};
    if (seed_) settings["seed"] = *seed_;
    return settings;
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<DropoutLayer>(*this); }

 private:
  double rate_;
  std::optional<int64_t> seed_;
};

}  // namespace

Layer Dropout(double rate, const DropoutOptions& options) {
  return make_layer_of<DropoutLayer>("Dropout", options, rate, options.seed);
}

std::shared_ptr<LayerBase> read_dropout(ConfigReader& config) {
  config.refuse("noise_shape");
  return std::make_shared<DropoutLayer>(config.number("rate"), config.optional_integer("seed"));
}

}  // namespace antler::layers
