#include "antler/layers/random_elastic_transform.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/layers/sampling.h"
#include "antler/layers/shares.h"
#include "antler/ops/random_color.h"
#include "antler/ops/random_elastic.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, RandomElasticTransformOptions& options) {
  field("factor", options.factor);
  field("scale", options.scale);
  field("interpolation", options.interpolation);
  field("fill_mode", options.fill_mode);
  field("fill_value", options.fill_value);
  field("value_range", options.value_range);
  field("seed", options.seed);
  field.data_format();
};

class RandomElasticTransformLayer final : public LayerBase {
 public:
  explicit RandomElasticTransformLayer(const RandomElasticTransformOptions& options) : options_(options) {
    // Keras saves both as pairs.
    options_.factor = share_interval(options.factor, "factor");
    options_.scale = share_interval(options.scale, "scale");
    check_value_range(options.value_range);
    sampling();
  }

  std::string class_name() const override { return "RandomElasticTransform"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    start_random(options_.seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const bool acts = options_.factor.second() > 0.0 && options_.scale.second() > 0.0;
    if (!to.training || !acts) return inputs[0];
    ops::RandomElastic elastic;
    elastic.probability = range_of(options_.factor);
    elastic.scale = range_of(options_.scale);
    elastic.sampling = sampling();
    elastic.stream = random_stream(to);
    ops::RandomColor cut;  // by nothing brighter
    cut.low = static_cast<float>(options_.value_range.first());
    cut.high = static_cast<float>(options_.value_range.second());
    return to.graph.apply(cut, {to.graph.apply(elastic, {inputs[0]})});
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override {
    return std::make_shared<RandomElasticTransformLayer>(*this);
  }

 private:
  ops::Sampling sampling() const {
    return sampling_of(options_.fill_mode, options_.interpolation, options_.fill_value);
  }

  RandomElasticTransformOptions options_;
};

}  // namespace

Layer RandomElasticTransform(const RandomElasticTransformOptions& options) {
  return make_layer_of<RandomElasticTransformLayer>("RandomElasticTransform", options, options);
}

std::shared_ptr<LayerBase> read_random_elastic_transform(ConfigReader& config) {
  return std::make_shared<RandomElasticTransformLayer>(
      read_options<RandomElasticTransformOptions>(config, fields));
}

}  // namespace antler::layers
