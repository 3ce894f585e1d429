#include "antler/layers/pooling_2d.h"

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/layers/window.h"
#include "antler/ops/pooling.h"

namespace antler::layers {
namespace {

using Kind = ops::Pooling::Kind;

class Pooling2DLayer final : public LayerBase {
 public:
  Pooling2DLayer(Kind kind, const Pooling2DOptions& options) : kind_(kind), options_(options) {
    check_range("pool_size", options.pool_size);
    check_range("strides", options.strides);
    options_.padding = checked_padding(options.padding);
  }

  std::string class_name() const override { return kind_ == Kind::max ? "MaxPooling2D" : "AveragePooling2D"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const Shape& input = to.graph.shape(inputs[0]);
    const auto& [pool, strides] = std::tie(options_.pool_size, options_.strides);
    const Margin rows = margin_of(options_.padding, input[1], pool.height, strides.height);
    const Margin columns = margin_of(options_.padding, input[2], pool.width, strides.width);
    ops::Pooling pooling;
    pooling.kind = kind_;
    pooling.pool_height = pool.height;
    pooling.pool_width = pool.width;
    pooling.stride_height = strides.height;
    pooling.stride_width = strides.width;
    pooling.pad_top = rows.before;
    pooling.pad_bottom = rows.after;
    pooling.pad_left = columns.before;
    pooling.pad_right = columns.after;
    return to.graph.apply(pooling, {inputs[0]});
  }

  Json config() const override {
    return {{"pool_size", to_config(options_.pool_size)},
            {"padding", options_.padding},
            {"strides", to_config(options_.strides)},
            {"data_format", "channels_last"}};
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<Pooling2DLayer>(*this); }

 private:
  Kind kind_;
  Pooling2DOptions options_;
};

std::shared_ptr<LayerBase> read(Kind kind, ConfigReader& config) {
  config.channels_last();
  const Pair pool = config.pair("pool_size", 2);
  return std::make_shared<Pooling2DLayer>(kind, Pooling2DOptions{.pool_size = pool,
                                                                 .strides = config.pair("strides", pool),
                                                                 .padding = config.text("padding", "valid")});
}

}  // namespace

Layer MaxPooling2D(const Pooling2DOptions& options) {
  return make_layer_of<Pooling2DLayer>("MaxPooling2D", options, Kind::max, options);
}

Layer MaxPool2D(const Pooling2DOptions& options) {
  return MaxPooling2D(options);
}

Layer AveragePooling2D(const Pooling2DOptions& options) {
  return make_layer_of<Pooling2DLayer>("AveragePooling2D", options, Kind::average, options);
}

std::shared_ptr<LayerBase> read_max_pooling_2d(ConfigReader& config) {
  return read(Kind::max, config);
}

std::shared_ptr<LayerBase> read_average_pooling_2d(ConfigReader& config) {
  return read(Kind::average, config);
}

}  // namespace antler::layers
