#include "antler/layers/zero_padding.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/padding.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, auto& options) {
  field("padding", options.padding);
  field.data_format();
};

template <class Around>
class ZeroPaddingLayer final : public LayerBase {
 public:
  explicit ZeroPaddingLayer(const ZeroPaddingOptions<Around>& options) : options_(options) {
    check_sides("padding", options.padding);
  }

  std::string class_name() const override { return std::string("ZeroPadding") + Around::dimensions; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_axes(inputs[0], Around::axes);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const ImageSides sides = options_.padding;
    ops::ZeroPadding zeros;
    zeros.top = sides.rows.before;
    zeros.bottom = sides.rows.after;
    zeros.left = sides.columns.before;
    zeros.right = sides.columns.after;
    return to.graph.apply(zeros, {inputs[0]});
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ZeroPaddingLayer>(*this); }

 private:
  ZeroPaddingOptions<Around> options_;
};

template <class Around>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  ZeroPaddingOptions<Around> options;
  FieldReader reader(config);
  fields(reader, options);
  return std::make_shared<ZeroPaddingLayer<Around>>(options);
}

}  // namespace

Layer ZeroPadding1D(const ZeroPadding1DOptions& options) {
  return make_layer_of<ZeroPaddingLayer<Sides>>("ZeroPadding1D", options, options);
}
Layer ZeroPadding2D(const ZeroPadding2DOptions& options) {
  return make_layer_of<ZeroPaddingLayer<ImageSides>>("ZeroPadding2D", options, options);
}

std::shared_ptr<LayerBase> read_zero_padding_1d(ConfigReader& config) {
  return read<Sides>(config);
}
std::shared_ptr<LayerBase> read_zero_padding_2d(ConfigReader& config) {
  return read<ImageSides>(config);
}

}  // namespace antler::layers
