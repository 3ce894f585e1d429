#include "antler/layers/upsampling.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/upsampling.h"

namespace antler::layers {
namespace {

using Interpolation = ops::Upsampling::Interpolation;

constexpr std::array<std::pair<std::string_view, Interpolation>, 5> interpolations = {
    {{"nearest", Interpolation::nearest},
     {"bilinear", Interpolation::bilinear},
     {"bicubic", Interpolation::bicubic},
     {"lanczos3", Interpolation::lanczos3},
     {"lanczos5", Interpolation::lanczos5}}};

Interpolation interpolation_named(const std::string& name) {
  const auto* found = std::ranges::find(interpolations, name, [](const auto& pair) { return pair.first; });
  if (found == interpolations.end()) {
    throw Error("interpolation is '{}'; expected 'nearest', 'bilinear', 'bicubic', 'lanczos3' or 'lanczos5'",
                name);
  }
  return found->second;
}

graph::Value enlarge(Lowering& to, graph::Value x, const Pair& size, Interpolation interpolation) {
  ops::Upsampling upsampling;
  upsampling.height_factor = size.height;
  upsampling.width_factor = size.width;
  upsampling.interpolation = interpolation;
  return to.graph.apply(upsampling, {x});
}

constexpr auto fields_1d = [](auto& field, UpSampling1DOptions& options) { field("size", options.size); };

class UpSampling1DLayer final : public LayerBase {
 public:
  explicit UpSampling1DLayer(const UpSampling1DOptions& options) : options_(options) {
    check_range("size", options.size);
  }

  std::string class_name() const override { return "UpSampling1D"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_axes(inputs[0], 1);
    check_range("size times the steps", inputs[0][1] * options_.size);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    return enlarge(to, inputs[0], {1, options_.size}, Interpolation::nearest);
  }

  Json config() const override { return written(fields_1d, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<UpSampling1DLayer>(*this); }

 private:
  UpSampling1DOptions options_;
};

constexpr auto fields_2d = [](auto& field, UpSampling2DOptions& options) {
  field("size", options.size);
  field.data_format();
  field("interpolation", options.interpolation);
};

class UpSampling2DLayer final : public LayerBase {
 public:
  explicit UpSampling2DLayer(const UpSampling2DOptions& options) : options_(options) {
    check_range("size", options.size);
    std::ranges::transform(options_.interpolation, options_.interpolation.begin(),
                           [](unsigned char letter) { return std::tolower(letter); });
    interpolation_named(options_.interpolation);
  }

  std::string class_name() const override { return "UpSampling2D"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_axes(inputs[0], 2);
    check_range("size times the height", inputs[0][1] * options_.size.height);
    check_range("size times the width", inputs[0][2] * options_.size.width);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    return enlarge(to, inputs[0], options_.size, interpolation_named(options_.interpolation));
  }

  Json config() const override { return written(fields_2d, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<UpSampling2DLayer>(*this); }

 private:
  UpSampling2DOptions options_;
};

}  // namespace

Layer UpSampling1D(const UpSampling1DOptions& options) {
  return make_layer_of<UpSampling1DLayer>("UpSampling1D", options, options);
}
Layer UpSampling2D(const UpSampling2DOptions& options) {
  return make_layer_of<UpSampling2DLayer>("UpSampling2D", options, options);
}

std::shared_ptr<LayerBase> read_up_sampling_1d(ConfigReader& config) {
  UpSampling1DOptions options;
  FieldReader reader(config);
  fields_1d(reader, options);
  return std::make_shared<UpSampling1DLayer>(options);
}

std::shared_ptr<LayerBase> read_up_sampling_2d(ConfigReader& config) {
  UpSampling2DOptions options;
  FieldReader reader(config);
  fields_2d(reader, options);
  return std::make_shared<UpSampling2DLayer>(options);
}

}  // namespace antler::layers
