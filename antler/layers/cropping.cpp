#include "antler/layers/cropping.h"

#include <type_traits>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/cropping.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, auto& options) {
  field("cropping", options.cropping);
  if constexpr (std::is_same_v<decltype(options.cropping), ImageSides>) field.data_format();
};

template <class Options>
class CroppingLayer final : public LayerBase {
 public:
  explicit CroppingLayer(const Options& options) : options_(options) {
    check_sides("cropping", options.cropping);
  }

  std::string class_name() const override { return std::string("Cropping") + Around::dimensions; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_axes(inputs[0], Around::axes);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const ImageSides sides = options_.cropping;
    ops::Cropping cropping;
    cropping.top = sides.rows.before;
    cropping.bottom = sides.rows.after;
    cropping.left = sides.columns.before;
    cropping.right = sides.columns.after;
    return to.graph.apply(cropping, {inputs[0]});
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<CroppingLayer>(*this); }

 private:
  using Around = decltype(Options::cropping);
  Options options_;
};

template <class Options>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  Options options;
  FieldReader reader(config);
  fields(reader, options);
  return std::make_shared<CroppingLayer<Options>>(options);
}

}  // namespace

Layer Cropping1D(const Cropping1DOptions& options) {
  return make_layer_of<CroppingLayer<Cropping1DOptions>>("Cropping1D", options, options);
}
Layer Cropping2D(const Cropping2DOptions& options) {
  return make_layer_of<CroppingLayer<Cropping2DOptions>>("Cropping2D", options, options);
}

std::shared_ptr<LayerBase> read_cropping_1d(ConfigReader& config) {
  return read<Cropping1DOptions>(config);
}
std::shared_ptr<LayerBase> read_cropping_2d(ConfigReader& config) {
  return read<Cropping2DOptions>(config);
}

}  // namespace antler::layers
