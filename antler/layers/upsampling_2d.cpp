#include "antler/layers/upsampling_2d.h"

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/upsampling.h"

namespace antler::layers {
namespace {

class UpSampling2DLayer final : public LayerBase {
 public:
  explicit UpSampling2DLayer(const UpSampling2DOptions& options) : options_(options) {
    check_range("size", options.size);
    if (options.interpolation != "nearest" && options.interpolation != "bilinear") {
      throw Error("interpolation is '{}'; expected 'nearest' or 'bilinear'", options.interpolation);
    }
  }

  std::string class_name() const override { return "UpSampling2D"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    check_range("size times the height", inputs[0][1] * options_.size.height);
    check_range("size times the width", inputs[0][2] * options_.size.width);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Upsampling upsampling;
    upsampling.height_factor = options_.size.height;
    upsampling.width_factor = options_.size.width;
    upsampling.bilinear = options_.interpolation == "bilinear";
    return to.graph.apply(upsampling, {inputs[0]});
  }

  Json config() const override {
    return {{"size", to_config(options_.size)},
            {"data_format", "channels_last"},
            {"interpolation", options_.interpolation}};
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<UpSampling2DLayer>(*this); }

 private:
  UpSampling2DOptions options_;
};

}  // namespace

Layer UpSampling2D(const UpSampling2DOptions& options) {
  return make_layer_of<UpSampling2DLayer>("UpSampling2D", options, options);
}

std::shared_ptr<LayerBase> read_up_sampling_2d(ConfigReader& config) {
  config.channels_last();
  return std::make_shared<UpSampling2DLayer>(UpSampling2DOptions{
      .size = config.pair("size", 2), .interpolation = config.text("interpolation", "nearest")});
}

}  // namespace antler::layers
