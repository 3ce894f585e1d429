#include "antler/layers/advanced_activations.h"

#include <limits>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/activation.h"

namespace antler::layers {
namespace {

using Function = ops::Activation::Function;

struct LeakyReLUKind {
  static constexpr const char* class_name = "LeakyReLU";
  double negative_slope = 0.3;

  void check() const { check_at_least("negative_slope", negative_slope, 0.0); }
  void fields(auto& field) { field("negative_slope", negative_slope); }
  void describe(ops::Activation& to) const {
    to.function = Function::relu;
    to.alpha = static_cast<float>(negative_slope);
  }
};

struct ELUKind {
  static constexpr const char* class_name = "ELU";
  double alpha = 1.0;

  void check() const { check_at_least("alpha", alpha, std::numeric_limits<double>::lowest()); }
  void fields(auto& field) { field("alpha", alpha); }
  void describe(ops::Activation& to) const {
    to.function = Function::elu;
    to.alpha = static_cast<float>(alpha);
  }
};

struct ThresholdedReLUKind {
  static constexpr const char* class_name = "ThresholdedReLU";
  double theta = 1.0;

  void check() const { check_at_least("theta", theta, 0.0); }
  void fields(auto& field) { field("theta", theta); }
  void describe(ops::Activation& to) const {
    to.function = Function::threshold;
    to.threshold = static_cast<float>(theta);
  }
};

struct ReLUKind {
  static constexpr const char* class_name = "ReLU";
  std::optional<double> max_value = {};
  double negative_slope = 0.0;
  double threshold = 0.0;

  void check() const {
    if (max_value) check_at_least("max_value", *max_value, 0.0);
    check_at_least("negative_slope", negative_slope, 0.0);
    check_at_least("threshold", threshold, 0.0);
  }
  void fields(auto& field) {
    field("max_value", max_value);
    field("negative_slope", negative_slope);
    field("threshold", threshold);
  }
  void describe(ops::Activation& to) const {
    to.function = Function::relu;
    to.alpha = static_cast<float>(negative_slope);
    to.threshold = static_cast<float>(threshold);
    if (max_value) to.max_value = static_cast<float>(*max_value);
  }
};

constexpr auto fields = [](auto& field, auto& kind) { kind.fields(field); };

// One function of each element; what sets these layers apart are names and numbers.
template <class Kind>
class ElementLayer final : public LayerBase {
 public:
  explicit ElementLayer(const Kind& kind) : kind_(kind) { kind.check(); }

  std::string class_name() const override { return Kind::class_name; }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Activation activation;
    kind_.describe(activation);
    return to.graph.apply(activation, {inputs[0]});
  }

  Json config() const override { return written(fields, kind_); }

  SavedLayer for_keras_3() const override {
    if constexpr (std::is_same_v<Kind, ThresholdedReLUKind>) {
      return {"ReLU", written(fields, ReLUKind{.threshold = kind_.theta})};
    } else {
      return LayerBase::for_keras_3();
    }
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ElementLayer>(*this); }

 private:
  Kind kind_;
};

template <class Kind, class Options>
Layer layer_of(const Kind& kind, const Options& options) {
  return make_layer_of<ElementLayer<Kind>>(Kind::class_name, options, kind);
}

template <class Kind>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  return std::make_shared<ElementLayer<Kind>>(read_options<Kind>(config, fields));
}

}  // namespace

Layer LeakyReLU(double negative_slope, const LayerOptions& options) {
  return layer_of(LeakyReLUKind{negative_slope}, options);
}
Layer ELU(double alpha, const LayerOptions& options) {
  return layer_of(ELUKind{alpha}, options);
}
Layer ThresholdedReLU(double theta, const LayerOptions& options) {
  return layer_of(ThresholdedReLUKind{theta}, options);
}
Layer ReLU(const ReLUOptions& options) {
  return layer_of(ReLUKind{options.max_value, options.negative_slope, options.threshold}, options);
}

std::shared_ptr<LayerBase> read_leaky_relu(ConfigReader& config) {
  // Keras 2 calls the slope alpha, and Keras 3 still takes that.
  LeakyReLUKind kind{config.number("alpha", LeakyReLUKind{}.negative_slope)};
  FieldReader reader(config);
  fields(reader, kind);
  return std::make_shared<ElementLayer<LeakyReLUKind>>(kind);
}
std::shared_ptr<LayerBase> read_elu(ConfigReader& config) {
  return read<ELUKind>(config);
}
std::shared_ptr<LayerBase> read_thresholded_relu(ConfigReader& config) {
  return read<ThresholdedReLUKind>(config);
}
std::shared_ptr<LayerBase> read_relu(ConfigReader& config) {
  return read<ReLUKind>(config);
}

}  // namespace antler::layers
