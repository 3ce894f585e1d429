#include "antler/layers/random_erasing.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/layers/shares.h"
#include "antler/ops/random_erasing.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, RandomErasingOptions& options) {
  field("factor", options.factor);
  field("scale", options.scale);
  field("fill_value", options.fill_value);
  field("value_range", options.value_range);
  field("seed", options.seed);
  field.data_format();
};

class RandomErasingLayer final : public LayerBase {
 public:
  explicit RandomErasingLayer(const RandomErasingOptions& options) : options_(options) {
    // Keras saves both as pairs.
    options_.factor = share_interval(options.factor, "factor");
    options_.scale = share_interval(options.scale, "scale");
    check_value_range(options.value_range);
    if (!options.fill_value) return;
    const Shape& fills = options.fill_value->shape();
    if (fills.rank() > 0 && fills != Shape{3})
      throw Error("fill_value has the shape {}; expected a number or three", fills.to_string());
  }

  std::string class_name() const override { return "RandomErasing"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    if (options_.fill_value) options_.fill_value->broadcast_to({inputs[0][3]}, "fill_value");
    start_random(options_.seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training) return inputs[0];
    ops::RandomErasing erasing;
    erasing.probability = range_of(options_.factor);
    erasing.scale = range_of(options_.scale);
    erasing.low = static_cast<float>(options_.value_range.first());
    erasing.high = static_cast<float>(options_.value_range.second());
    if (options_.fill_value) {
      const Tensor fills = options_.fill_value->broadcast_to({to.graph.shape(inputs[0])[3]}, "fill_value");
      erasing.fill = {fills.span().begin(), fills.span().end()};
    }
    erasing.stream = random_stream(to);
    return to.graph.apply(erasing, {inputs[0]});
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RandomErasingLayer>(*this); }

 private:
  RandomErasingOptions options_;
};

}  // namespace

Layer RandomErasing(const RandomErasingOptions& options) {
  return make_layer_of<RandomErasingLayer>("RandomErasing", options, options);
}

std::shared_ptr<LayerBase> read_random_erasing(ConfigReader& config) {
  return std::make_shared<RandomErasingLayer>(read_options<RandomErasingOptions>(config, fields));
}

}  // namespace antler::layers
