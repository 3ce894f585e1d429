#include "antler/layers/noise.h"

#include <cmath>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/noise.h"

namespace antler::layers {
namespace {

struct GaussianNoiseKind {
  static constexpr const char* class_name = "GaussianNoise";
  double stddev = 0.0;
  std::optional<int64_t> seed = {};

  bool is_on() const { return stddev > 0.0; }
  void check() const {
    check_at_least("stddev", stddev, 0.0);
    if (stddev > 1.0) throw Error("stddev is {}; expected 1 or less", stddev);
  }
  void fields(auto& field) {
    field.required("stddev", stddev);
    field("seed", seed);
  }
  void describe(ops::Noise& to) const {
    to.kind = ops::Noise::Kind::add_gaussian;
    to.amount = static_cast<float>(stddev);
  }
};

// Keras takes a rate of 1 too, and cannot compute with it.
void check_rate(double rate) {
  check_at_least("rate", rate, 0.0);
  if (rate >= 1.0) throw Error("rate is {}; expected less than 1", rate);
}

struct GaussianDropoutKind {
  static constexpr const char* class_name = "GaussianDropout";
  double rate = 0.0;
  std::optional<int64_t> seed = {};

  bool is_on() const { return rate > 0.0; }
  void check() const { check_rate(rate); }
  void fields(auto& field) {
    field.required("rate", rate);
    field("seed", seed);
  }
  void describe(ops::Noise& to) const {
    to.kind = ops::Noise::Kind::multiply_gaussian;
    to.amount = static_cast<float>(std::sqrt(rate / (1.0 - rate)));
  }
};

struct AlphaDropoutKind {
  static constexpr const char* class_name = "AlphaDropout";
  double rate = 0.0;
  std::optional<int64_t> seed = {};
  std::optional<Shape> noise_shape = {};

  bool is_on() const { return rate > 0.0; }
  void check() const { check_rate(rate); }
  void fields(auto& field) {
    field.required("rate", rate);
    field("seed", seed);
    field("noise_shape", noise_shape);
  }
  void describe(ops::Noise& to) const {
    to.kind = ops::Noise::Kind::drop_alpha;
    to.amount = static_cast<float>(rate);
    if (noise_shape) to.shape = *noise_shape;
  }
};

constexpr auto fields = [](auto& field, auto& kind) { kind.fields(field); };

template <class Kind>
class NoiseLayer final : public LayerBase {
 public:
  explicit NoiseLayer(const Kind& kind) : kind_(kind) { kind.check(); }

  std::string class_name() const override { return Kind::class_name; }

  void build(std::span<const Shape> /*inputs*/, uint64_t /*seed*/) override {
    if (kind_.is_on()) start_random(kind_.seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training || !kind_.is_on()) return inputs[0];
    ops::Noise noise;
    kind_.describe(noise);
    noise.stream = random_stream(to);
    return to.graph.apply(noise, {inputs[0]});
  }

  Json config() const override { return written(fields, kind_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<NoiseLayer>(*this); }

 private:
  Kind kind_;
};

template <class Kind, class Options>
Layer layer_of(const Kind& kind, const Options& options) {
  return make_layer_of<NoiseLayer<Kind>>(Kind::class_name, options, kind);
}

template <class Kind>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  return std::make_shared<NoiseLayer<Kind>>(read_options<Kind>(config, fields));
}

}  // namespace

Layer GaussianNoise(double stddev, const RandomOptions& options) {
  return layer_of(GaussianNoiseKind{stddev, options.seed}, options);
}
Layer GaussianDropout(double rate, const RandomOptions& options) {
  return layer_of(GaussianDropoutKind{rate, options.seed}, options);
}
Layer AlphaDropout(double rate, const DropoutOptions& options) {
  return layer_of(AlphaDropoutKind{rate, options.seed, options.noise_shape}, options);
}

std::shared_ptr<LayerBase> read_gaussian_noise(ConfigReader& config) {
  return read<GaussianNoiseKind>(config);
}
std::shared_ptr<LayerBase> read_gaussian_dropout(ConfigReader& config) {
  return read<GaussianDropoutKind>(config);
}
std::shared_ptr<LayerBase> read_alpha_dropout(ConfigReader& config) {
  return read<AlphaDropoutKind>(config);
}

}  // namespace antler::layers
