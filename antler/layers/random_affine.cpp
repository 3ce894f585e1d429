#include "antler/layers/random_affine.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/layers/sampling.h"
#include "antler/layers/shares.h"
#include "antler/ops/random_affine.h"

namespace antler::layers {
namespace {

void sampling_fields(auto& field, RandomAffineOptions& options) {
  field("fill_mode", options.fill_mode);
  field("interpolation", options.interpolation);
  field("seed", options.seed);
  field("fill_value", options.fill_value);
  field.data_format();
}

struct Rotation {
  static constexpr const char* class_name = "RandomRotation";
  Factor factor = 0.0;
  RandomAffineOptions options = {};

  void check() {
    factor.check("factor", -1.0, 1.0);
    factor = factor.interval();  // which Keras saves
  }
  void fields(auto& field) {
    field.required("factor", factor);
    sampling_fields(field, options);
  }
  void describe(ops::RandomAffine& to) const {
    to.kind = ops::RandomAffine::Kind::rotation;
    to.vertical = range_of(factor);
  }
};

struct Translation {
  static constexpr const char* class_name = "RandomTranslation";
  Factor height_factor = 0.0;
  Factor width_factor = 0.0;
  RandomAffineOptions options = {};

  void check() const {
    height_factor.check("height_factor", -1.0, 1.0);
    width_factor.check("width_factor", -1.0, 1.0);
  }
  void fields(auto& field) {
    field.required("height_factor", height_factor);
    field.required("width_factor", width_factor);
    sampling_fields(field, options);
  }
  void describe(ops::RandomAffine& to) const {
    to.kind = ops::RandomAffine::Kind::translation;
    to.vertical = range_of(height_factor);
    to.horizontal = range_of(width_factor);
  }
};

struct Zoom {
  static constexpr const char* class_name = "RandomZoom";
  Factor height_factor = 0.0;
  std::optional<Factor> width_factor = {};
  RandomAffineOptions options = {};

  void check() const {
    height_factor.check("height_factor", -1.0, 1.0, true);
    if (width_factor) width_factor->check("width_factor", -1.0, 1.0, true);
  }
  void fields(auto& field) {
    field.required("height_factor", height_factor);
    field("width_factor", width_factor);
    sampling_fields(field, options);
  }
  void describe(ops::RandomAffine& to) const {
    to.kind = ops::RandomAffine::Kind::zoom;
    to.vertical = range_of(height_factor);
    to.keeps_aspect = !width_factor;
    if (width_factor) to.horizontal = range_of(*width_factor);
  }
};

// In the files of Keras 3.15 a number stands as the interval from -f to f, which Keras itself then refuses:
// antler reads that, and writes a number.
Factor shear_factor(const Factor& factor, const char* key) {
  const bool is_number = factor.is_pair() && factor.first() == -factor.second();
  const Factor given = is_number ? Factor(factor.second()) : factor;
  given.check(key, 0.0, 1.0);
  return given;
}

struct Shear {
  static constexpr const char* class_name = "RandomShear";
  Factor x_factor = 0.0;
  Factor y_factor = 0.0;
  RandomAffineOptions options = {};

  void check() {
    x_factor = shear_factor(x_factor, "x_factor");
    y_factor = shear_factor(y_factor, "y_factor");
  }
  void fields(auto& field) {
    field("x_factor", x_factor);
    field("y_factor", y_factor);
    sampling_fields(field, options);
  }
  void describe(ops::RandomAffine& to) const {
    to.kind = ops::RandomAffine::Kind::shear;
    to.vertical = range_of(y_factor);
    to.horizontal = range_of(x_factor);
  }
};

constexpr auto fields = [](auto& field, auto& kind) { kind.fields(field); };

template <class Kind>
class RandomAffineLayer final : public LayerBase {
 public:
  explicit RandomAffineLayer(const Kind& kind) : kind_(kind) {
    kind_.check();
    sampling();
  }

  std::string class_name() const override { return Kind::class_name; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    start_random(kind_.options.seed);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training) return inputs[0];
    ops::RandomAffine affine;
    kind_.describe(affine);
    affine.sampling = sampling();
    affine.stream = random_stream(to);
    return to.graph.apply(affine, {inputs[0]});
  }

  Json config() const override { return written(fields, kind_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RandomAffineLayer>(*this); }

 private:
  ops::Sampling sampling() const {
    const RandomAffineOptions& options = kind_.options;
    return sampling_of(options.fill_mode, options.interpolation, options.fill_value);
  }

  Kind kind_;
};

template <class Kind, class Options>
Layer layer_of(const Kind& kind, const Options& options) {
  return make_layer_of<RandomAffineLayer<Kind>>(Kind::class_name, options, kind);
}

template <class Kind>
std::shared_ptr<LayerBase> read(ConfigReader& config) {
  config.text("rng_type", "");  // of Keras 2's generator
  return std::make_shared<RandomAffineLayer<Kind>>(read_options<Kind>(config, fields));
}

}  // namespace

Layer RandomRotation(const Factor& factor, const RandomAffineOptions& options) {
  return layer_of(Rotation{factor, options}, options);
}
Layer RandomTranslation(const Factor& height_factor, const Factor& width_factor,
                        const RandomAffineOptions& options) {
  return layer_of(Translation{height_factor, width_factor, options}, options);
}
Layer RandomZoom(const Factor& height_factor, const RandomZoomOptions& options) {
  const RandomAffineOptions sampling{.fill_mode = options.fill_mode,
                                     .interpolation = options.interpolation,
                                     .seed = options.seed,
                                     .fill_value = options.fill_value};
  return layer_of(Zoom{height_factor, options.width_factor, sampling}, options);
}
Layer RandomShear(const Factor& x_factor, const Factor& y_factor, const RandomAffineOptions& options) {
  return layer_of(Shear{x_factor, y_factor, options}, options);
}

std::shared_ptr<LayerBase> read_random_rotation(ConfigReader& config) {
  return read<Rotation>(config);
}
std::shared_ptr<LayerBase> read_random_translation(ConfigReader& config) {
  return read<Translation>(config);
}
std::shared_ptr<LayerBase> read_random_zoom(ConfigReader& config) {
  return read<Zoom>(config);
}
std::shared_ptr<LayerBase> read_random_shear(ConfigReader& config) {
  return read<Shear>(config);
}

}  // namespace antler::layers
