#include "antler/layers/random_color.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/layers/shares.h"
#include "antler/ops/random_color.h"

namespace antler::layers {
namespace {

using Kind = ops::RandomColor::Kind;

constexpr auto fields = [](auto& field, Factor& factor, RandomColorOptions& options) {
  field.required("factor", factor);
  field("value_range", options.value_range);
  field("seed", options.seed);
  field.data_format();
};

class RandomColorLayer final : public LayerBase {
 public:
  RandomColorLayer(Kind kind, const Factor& factor, const RandomColorOptions& options)
      : kind_(kind), factor_(factor), options_(options) {
    factor.check("factor", kind == Kind::brightness ? -1.0 : 0.0, 1.0);
    check_value_range(options.value_range);
    // Keras saves both as pairs.
    factor_ = factor.interval();
    if (kind == Kind::brightness) {
      options_.value_range = options.value_range.interval();
    } else if (!factor.is_pair()) {
      factor_ = {0.0, factor.first()};
    }
  }

  std::string class_name() const override {
    return kind_ == Kind::brightness ? "RandomBrightness" : "RandomContrast";
  }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    start_random(options_.seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training) return inputs[0];
    ops::RandomColor color;
    color.kind = kind_;
    color.low = static_cast<float>(options_.value_range.first());
    color.high = static_cast<float>(options_.value_range.second());
    const auto low = static_cast<float>(factor_.first());
    const auto high = static_cast<float>(factor_.second());
    const float range = color.high - color.low;
    color.number = kind_ == Kind::brightness ? ops::Range{low * range, high * range}
                                             : ops::Range{1.0F - low, 1.0F + high};
    color.stream = random_stream(to);
    return to.graph.apply(color, {inputs[0]});
  }

  Json config() const override { return written(fields, factor_, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RandomColorLayer>(*this); }

 private:
  Kind kind_;
  Factor factor_;
  RandomColorOptions options_;
};

std::shared_ptr<LayerBase> read(Kind kind, ConfigReader& config) {
  Factor factor = 0.0;
  RandomColorOptions options;
  FieldReader reader(config);
  fields(reader, factor, options);
  config.text("rng_type", "");  // of Keras 2's generator
  if (kind == Kind::contrast && config.dialect() == Dialect::keras2 && !factor.is_pair())
    factor = {factor.first(), factor.first()};
  return std::make_shared<RandomColorLayer>(kind, factor, options);
}

}  // namespace

Layer RandomBrightness(const Factor& factor, const RandomColorOptions& options) {
  return make_layer_of<RandomColorLayer>("RandomBrightness", options, Kind::brightness, factor, options);
}
Layer RandomContrast(const Factor& factor, const RandomColorOptions& options) {
  return make_layer_of<RandomColorLayer>("RandomContrast", options, Kind::contrast, factor, options);
}

std::shared_ptr<LayerBase> read_random_brightness(ConfigReader& config) {
  return read(Kind::brightness, config);
}
std::shared_ptr<LayerBase> read_random_contrast(ConfigReader& config) {
  return read(Kind::contrast, config);
}

}  // namespace antler::layers
