#include "antler/layers/global_pooling.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/reduction.h"
#include "antler/ops/reshape.h"

namespace antler::layers {
namespace {

using Kind = ops::Reduction::Kind;

constexpr auto fields = [](auto& field, GlobalPoolingOptions& options) {
  field.data_format();
  field("keepdims", options.keepdims);
};

// `axes` are pooled over: 1 for sequences, 2 for images.
class GlobalPoolingLayer final : public LayerBase {
 public:
  GlobalPoolingLayer(Kind kind, int axes, const GlobalPoolingOptions& options)
      : kind_(kind), axes_(axes), options_(options) {}

  std::string class_name() const override {
    return std::string(kind_ == Kind::mean ? "GlobalAveragePooling" : "GlobalMaxPooling") +
           (axes_ == 1 ? "1D" : "2D");
  }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override { check_axes(inputs[0], axes_); }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Reduction reduction;
    reduction.kind = kind_;
    const graph::Value pooled = to.graph.apply(reduction, {inputs[0]});
    if (!options_.keepdims) return pooled;
    const int64_t channels = to.graph.shape(pooled).back();
    ops::Reshape reshape;
    reshape.shape = axes_ == 1 ? Shape{1, channels} : Shape{1, 1, channels};
    return to.graph.apply(reshape, {pooled});
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<GlobalPoolingLayer>(*this); }

 private:
  Kind kind_;
  int axes_;
  GlobalPoolingOptions options_;
};

Layer make(const char* class_name, Kind kind, int axes, const GlobalPoolingOptions& options) {
  return make_layer_of<GlobalPoolingLayer>(class_name, options, kind, axes, options);
}

std::shared_ptr<LayerBase> read(Kind kind, int axes, ConfigReader& config) {
  GlobalPoolingOptions options;
  FieldReader reader(config);
  fields(reader, options);
  return std::make_shared<GlobalPoolingLayer>(kind, axes, options);
}

}  // namespace

Layer GlobalAveragePooling2D(const GlobalPoolingOptions& options) {
  return make("GlobalAveragePooling2D", Kind::mean, 2, options);
}
Layer GlobalMaxPooling2D(const GlobalPoolingOptions& options) {
  return make("GlobalMaxPooling2D", Kind::maximum, 2, options);
}
Layer GlobalAveragePooling1D(const GlobalPoolingOptions& options) {
  return make("GlobalAveragePooling1D", Kind::mean, 1, options);
}
Layer GlobalMaxPooling1D(const GlobalPoolingOptions& options) {
  return make("GlobalMaxPooling1D", Kind::maximum, 1, options);
}

Layer GlobalAvgPool1D(const GlobalPoolingOptions& options) {
  return GlobalAveragePooling1D(options);
}
Layer GlobalAvgPool2D(const GlobalPoolingOptions& options) {
  return GlobalAveragePooling2D(options);
}
Layer GlobalMaxPool1D(const GlobalPoolingOptions& options) {
  return GlobalMaxPooling1D(options);
}
Layer GlobalMaxPool2D(const GlobalPoolingOptions& options) {
  return GlobalMaxPooling2D(options);
}

std::shared_ptr<LayerBase> read_global_average_pooling_1d(ConfigReader& config) {
  return read(Kind::mean, 1, config);
}
std::shared_ptr<LayerBase> read_global_average_pooling_2d(ConfigReader& config) {
  return read(Kind::mean, 2, config);
}
std::shared_ptr<LayerBase> read_global_max_pooling_1d(ConfigReader& config) {
  return read(Kind::maximum, 1, config);
}
std::shared_ptr<LayerBase> read_global_max_pooling_2d(ConfigReader& config) {
  return read(Kind::maximum, 2, config);
}

}  // namespace antler::layers
