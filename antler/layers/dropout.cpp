#include "antler/layers/dropout.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/dropout.h"
#include "antler/ops/noise.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, double& rate, DropoutOptions& options) {
  field.required("rate", rate);
  field("seed", options.seed);
  field("noise_shape", options.noise_shape);
};

// Keras's spatial dropouts have no noise_shape of their own.
constexpr auto spatial_fields = [](auto& field, double& rate, std::optional<int64_t>& seed) {
  field.required("rate", rate);
  field("seed", seed);
};

void check_rate(double rate) {
  check_at_least("rate", rate, 0.0);
  if (rate > 1.0) throw Error("rate is {}; expected 1 or less", rate);
}

class DropoutLayer final : public LayerBase {
 public:
  DropoutLayer(double rate, const DropoutOptions& options) : rate_(rate), options_(options) {
    check_rate(rate);
  }

  std::string class_name() const override { return "Dropout"; }

  void build(std::span<const Shape> /*inputs*/, uint64_t /*seed*/) override {
    if (rate_ > 0.0) start_random(options_.seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training || rate_ == 0.0) return inputs[0];
    if (options_.noise_shape && rate_ < 1.0) {
      ops::Noise noise;
      noise.amount = static_cast<float>(rate_);
      noise.shape = *options_.noise_shape;
      noise.stream = random_stream(to);
      return to.graph.apply(noise, {inputs[0]});
    }
    ops::Dropout dropout;
    dropout.rate = static_cast<float>(rate_);
    dropout.stream = random_stream(to);
    return to.graph.apply(dropout, {inputs[0]});
  }

  Json config() const override { return written(fields, rate_, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<DropoutLayer>(*this); }

 private:
  double rate_;
  DropoutOptions options_;
};

class SpatialDropoutLayer final : public LayerBase {
 public:
  // For 1 or 2 axes between the batch and the channels.
  SpatialDropoutLayer(int axes, double rate, const std::optional<int64_t>& seed)
      : axes_(axes), rate_(rate), seed_(seed) {
    check_rate(rate);
    if (rate == 1.0) throw Error("rate is 1, which would drop all; expected less");
  }

  std::string class_name() const override { return axes_ == 1 ? "SpatialDropout1D" : "SpatialDropout2D"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], axes_ + 2,
               axes_ == 1 ? "(batch, steps, channels)" : "(batch, height, width, channels)");
    if (rate_ > 0.0) start_random(seed_);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training || rate_ == 0.0) return inputs[0];
    ops::Noise noise;
    noise.amount = static_cast<float>(rate_);
    noise.shape = to.graph.shape(inputs[0]);
    for (int axis = 1; axis <= axes_; ++axis) noise.shape[axis] = 1;
    noise.stream = random_stream(to);
    return to.graph.apply(noise, {inputs[0]});
  }

  Json config() const override {
    Json settings = written(spatial_fields, rate_, seed_);
    if (axes_ == 2) settings["data_format"] = "channels_last";
    return settings;
  }

  SavedLayer for_keras_3() const override { return {class_name(), config(), false}; }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<SpatialDropoutLayer>(*this); }

 private:
  int axes_;
  double rate_;
  std::optional<int64_t> seed_;
};

std::shared_ptr<LayerBase> read_spatial(int axes, ConfigReader& config) {
  double rate = 0.0;
  std::optional<int64_t> seed;
  FieldReader reader(config);
  spatial_fields(reader, rate, seed);
  reader.off("noise_shape", nullptr);  // Keras 2 writes it all the same
  if (axes == 2) reader.data_format();
  return std::make_shared<SpatialDropoutLayer>(axes, rate, seed);
}

}  // namespace

Layer Dropout(double rate, const DropoutOptions& options) {
  return make_layer_of<DropoutLayer>("Dropout", options, rate, options);
}
Layer SpatialDropout1D(double rate, const RandomOptions& options) {
  return make_layer_of<SpatialDropoutLayer>("SpatialDropout1D", options, 1, rate, options.seed);
}
Layer SpatialDropout2D(double rate, const RandomOptions& options) {
  return make_layer_of<SpatialDropoutLayer>("SpatialDropout2D", options, 2, rate, options.seed);
}

std::shared_ptr<LayerBase> read_dropout(ConfigReader& config) {
  double rate = 0.0;
  DropoutOptions options;
  FieldReader reader(config);
  fields(reader, rate, options);
  return std::make_shared<DropoutLayer>(rate, options);
}
std::shared_ptr<LayerBase> read_spatial_dropout_1d(ConfigReader& config) {
  return read_spatial(1, config);
}
std::shared_ptr<LayerBase> read_spatial_dropout_2d(ConfigReader& config) {
  return read_spatial(2, config);
}

}  // namespace antler::layers
