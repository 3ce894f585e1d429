#include "antler/layers/resizing.h"

#include <algorithm>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/cropping.h"
#include "antler/ops/padding.h"
#include "antler/ops/random_crop.h"
#include "antler/ops/resize.h"

namespace antler::layers {
namespace {

constexpr auto resizing_fields = [](auto& field, Pair& size, ResizingOptions& options) {
  field.data_format();
  field.required("height", size.height);
  field.required("width", size.width);
  field("interpolation", options.interpolation);
  field("crop_to_aspect_ratio", options.crop_to_aspect_ratio);
  field("pad_to_aspect_ratio", options.pad_to_aspect_ratio);
  field.off("antialias", false);
};
constexpr auto crop_fields = [](auto& field, Pair& size) {
  field.data_format();
  field.required("height", size.height);
  field.required("width", size.width);
};

constexpr auto random_crop_fields = [](auto& field, Pair& size, RandomCropOptions& options) {
  crop_fields(field, size);
  field("seed", options.seed);
};

// The extent that `own` would have to be so that the proportions of `size` are kept, rounded down.
Pair in_proportion(const Shape& image, const Pair& size) {
  const auto scaled = [](int64_t extent, int64_t own, int64_t other) {
    return static_cast<int64_t>(static_cast<float>(extent * own) / static_cast<float>(other));
  };
  return {scaled(image[2], size.height, size.width), scaled(image[1], size.width, size.height)};
}

graph::Value cropped(Lowering& to, graph::Value x, const Pair& size) {
  const Shape& image = to.graph.shape(x);
  ops::Cropping cropping;
  cropping.top = (image[1] - size.height) / 2;
  cropping.left = (image[2] - size.width) / 2;
  cropping.bottom = image[1] - size.height - cropping.top;
  cropping.right = image[2] - size.width - cropping.left;
  return to.graph.apply(cropping, {x});
}

graph::Value cropped_to_proportion(Lowering& to, graph::Value x, const Pair& size) {
  const Shape image = to.graph.shape(x);
  const Pair wanted = in_proportion(image, size);
  return cropped(
      to, x,
      {std::clamp<int64_t>(wanted.height, 1, image[1]), std::clamp<int64_t>(wanted.width, 1, image[2])});
}

// As many zeros on either side: an odd one is left out.
graph::Value padded_to_proportion(Lowering& to, graph::Value x, const Pair& size) {
  const Shape image = to.graph.shape(x);
  const Pair wanted = in_proportion(image, size);
  ops::ZeroPadding padding;
  padding.top = padding.bottom = std::max<int64_t>(wanted.height - image[1], 0) / 2;
  padding.left = padding.right = std::max<int64_t>(wanted.width - image[2], 0) / 2;
  return to.graph.apply(padding, {x});
}

graph::Value resized(Lowering& to, graph::Value x, const Pair& size, bool bilinear) {
  ops::Resize resize;
  resize.height = size.height;
  resize.width = size.width;
  resize.bilinear = bilinear;
  return to.graph.apply(resize, {x});
}

void check_size(const Pair& size) {
  check_range("height", size.height);
  check_range("width", size.width);
}

class ResizingLayer final : public LayerBase {
 public:
  ResizingLayer(const Pair& size, const ResizingOptions& options) : size_(size), options_(options) {
    check_size(size);
    if (options.interpolation != "bilinear" && options.interpolation != "nearest")
      throw Error("interpolation is '{}'; antler has 'bilinear' and 'nearest'", options.interpolation);
    if (options.crop_to_aspect_ratio && options.pad_to_aspect_ratio)
      throw Error("crop_to_aspect_ratio and pad_to_aspect_ratio are both set; expected one of them");
  }

  std::string class_name() const override { return "Resizing"; }
  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    graph::Value x = inputs[0];
    if (options_.crop_to_aspect_ratio) x = cropped_to_proportion(to, x, size_);
    if (options_.pad_to_aspect_ratio) x = padded_to_proportion(to, x, size_);
    return resized(to, x, size_, options_.interpolation == "bilinear");
  }

  Json config() const override {
    Json settings = written(resizing_fields, size_, options_);
    settings["fill_mode"] = "constant";
    settings["fill_value"] = 0.0;
    return settings;
  }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ResizingLayer>(*this); }

 private:
  Pair size_;
  ResizingOptions options_;
};

class CenterCropLayer final : public LayerBase {
 public:
  explicit CenterCropLayer(const Pair& size) : size_(size) { check_size(size); }

  std::string class_name() const override { return "CenterCrop"; }
  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const Shape image = to.graph.shape(inputs[0]);
    if (image[1] >= size_.height && image[2] >= size_.width) return cropped(to, inputs[0], size_);
    return resized(to, cropped_to_proportion(to, inputs[0], size_), size_, true);
  }

  Json config() const override { return written(crop_fields, size_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<CenterCropLayer>(*this); }

 private:
  Pair size_;
};

class RandomCropLayer final : public LayerBase {
 public:
  RandomCropLayer(const Pair& size, const RandomCropOptions& options) : size_(size), options_(options) {
    check_size(size);
  }

  std::string class_name() const override { return "RandomCrop"; }
  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    start_random(options_.seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    const Shape image = to.graph.shape(inputs[0]);
    if (!to.training || image[1] < size_.height || image[2] < size_.width)
      return resized(to, cropped_to_proportion(to, inputs[0], size_), size_, true);
    ops::RandomCrop crop;
    crop.height = size_.height;
    crop.width = size_.width;
    crop.stream = random_stream(to);
    return to.graph.apply(crop, {inputs[0]});
  }

  Json config() const override { return written(random_crop_fields, size_, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RandomCropLayer>(*this); }

 private:
  Pair size_;
  RandomCropOptions options_;
};

}  // namespace

Layer Resizing(int64_t height, int64_t width, const ResizingOptions& options) {
  return make_layer_of<ResizingLayer>("Resizing", options, Pair(height, width), options);
}
Layer CenterCrop(int64_t height, int64_t width, const LayerOptions& options) {
  return make_layer_of<CenterCropLayer>("CenterCrop", options, Pair(height, width));
}
Layer RandomCrop(int64_t height, int64_t width, const RandomCropOptions& options) {
  return make_layer_of<RandomCropLayer>("RandomCrop", options, Pair(height, width), options);
}

std::shared_ptr<LayerBase> read_resizing(ConfigReader& config) {
  Pair size = 1;
  ResizingOptions options;
  FieldReader reader(config);
  resizing_fields(reader, size, options);
  const std::string fill_mode = config.text("fill_mode", "constant");
  if (fill_mode != "constant" || config.number("fill_value", 0.0) != 0.0)
    throw Error("images are filled up by '{}' with a value of its own; antler fills them up with zeros",
                fill_mode);
  return std::make_shared<ResizingLayer>(size, options);
}
std::shared_ptr<LayerBase> read_center_crop(ConfigReader& config) {
  Pair size = 1;
  FieldReader reader(config);
  crop_fields(reader, size);
  return std::make_shared<CenterCropLayer>(size);
}
std::shared_ptr<LayerBase> read_random_crop(ConfigReader& config) {
  Pair size = 1;
  RandomCropOptions options;
  FieldReader reader(config);
  random_crop_fields(reader, size, options);
  config.text("rng_type", "");  // of Keras 2's generator
  return std::make_shared<RandomCropLayer>(size, options);
}

}  // namespace antler::layers
