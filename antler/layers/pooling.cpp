#include "antler/layers/pooling.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/layers/window.h"
#include "antler/ops/pooling.h"

namespace antler::layers {
namespace {

using Kind = ops::Pooling::Kind;

constexpr auto fields = [](auto& field, auto& options) {
  field("pool_size", options.pool_size);
  field("padding", options.padding);
  field("strides", options.strides);
  field.data_format();
};

template <class Extent>
class PoolingLayer final : public LayerBase {
 public:
  PoolingLayer(Kind kind, const PoolingOptions<Extent>& options) : kind_(kind), options_(options) {
    check_range("pool_size", options.pool_size);
    check_range("strides", options.strides);
    options_.padding = checked_padding(options.padding);
  }

  std::string class_name() const override {
    return std::string(kind_ == Kind::max ? "MaxPooling" : "AveragePooling") + Extent::dimensions;
  }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_axes(inputs[0], Extent::axes);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const Shape& input = to.graph.shape(inputs[0]);
    const int64_t height = Extent::axes == 1 ? 1 : input[-3];
    const Pair pool = options_.pool_size;
    const Pair strides = options_.strides;
    const Margin rows = margin_of(options_.padding, height, pool.height, strides.height);
    const Margin columns = margin_of(options_.padding, input[-2], pool.width, strides.width);
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

  Json config() const override { return written(fields, options_); }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<PoolingLayer>(*this); }

 private:
  Kind kind_;
  PoolingOptions<Extent> options_;
};

template <class Extent>
std::shared_ptr<LayerBase> read(Kind kind, ConfigReader& config) {
  PoolingOptions<Extent> options;
  FieldReader reader(config);
  reader("pool_size", options.pool_size);
  options.strides = options.pool_size;
  fields(reader, options);
  return std::make_shared<PoolingLayer<Extent>>(kind, options);
}

}  // namespace

Layer MaxPooling1D(const Pooling1DOptions& options) {
  return make_layer_of<PoolingLayer<Single>>("MaxPooling1D", options, Kind::max, options);
}
Layer MaxPooling2D(const Pooling2DOptions& options) {
  return make_layer_of<PoolingLayer<Pair>>("MaxPooling2D", options, Kind::max, options);
}
Layer AveragePooling1D(const Pooling1DOptions& options) {
  return make_layer_of<PoolingLayer<Single>>("AveragePooling1D", options, Kind::average, options);
}
Layer AveragePooling2D(const Pooling2DOptions& options) {
  return make_layer_of<PoolingLayer<Pair>>("AveragePooling2D", options, Kind::average, options);
}

Layer MaxPool1D(const Pooling1DOptions& options) {
  return MaxPooling1D(options);
}
Layer MaxPool2D(const Pooling2DOptions& options) {
  return MaxPooling2D(options);
}
Layer AvgPool1D(const Pooling1DOptions& options) {
  return AveragePooling1D(options);
}
Layer AvgPool2D(const Pooling2DOptions& options) {
  return AveragePooling2D(options);
}

std::shared_ptr<LayerBase> read_average_pooling_1d(ConfigReader& config) {
  return read<Single>(Kind::average, config);
}
std::shared_ptr<LayerBase> read_average_pooling_2d(ConfigReader& config) {
  return read<Pair>(Kind::average, config);
}
std::shared_ptr<LayerBase> read_max_pooling_1d(ConfigReader& config) {
  return read<Single>(Kind::max, config);
}
std::shared_ptr<LayerBase> read_max_pooling_2d(ConfigReader& config) {
  return read<Pair>(Kind::max, config);
}

}  // namespace antler::layers
