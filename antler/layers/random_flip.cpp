#include "antler/layers/random_flip.h"

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/random_flip.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, std::string& mode, std::optional<int64_t>& seed) {
  field.data_format();
  field("seed", seed);
  field("mode", mode);
};

class RandomFlipLayer final : public LayerBase {
 public:
  RandomFlipLayer(const std::string& mode, const std::optional<int64_t>& seed) : mode_(mode), seed_(seed) {
    if (mode != "horizontal" && mode != "vertical" && mode != "horizontal_and_vertical") {
      throw Error("mode is '{}'; expected 'horizontal', 'vertical' or 'horizontal_and_vertical'", mode);
    }
  }

  std::string class_name() const override { return "RandomFlip"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
    start_random(seed_);
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    if (!to.training) return inputs[0];
    ops::RandomFlip flip;
    flip.horizontal = mode_ != "vertical";
    flip.vertical = mode_ != "horizontal";
    flip.stream = random_stream(to);
    return to.graph.apply(flip, {inputs[0]});
  }

  Json config() const override { return written(fields, mode_, seed_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RandomFlipLayer>(*this); }

 private:
  std::string mode_;
  std::optional<int64_t> seed_;
};

}  // namespace

Layer RandomFlip(const std::string& mode, const RandomOptions& options) {
  return make_layer_of<RandomFlipLayer>("RandomFlip", options, mode, options.seed);
}

std::shared_ptr<LayerBase> read_random_flip(ConfigReader& config) {
  std::string mode = "horizontal_and_vertical";
  std::optional<int64_t> seed;
  FieldReader reader(config);
  fields(reader, mode, seed);
  config.text("rng_type", "");  // of Keras 2's generator
  return std::make_shared<RandomFlipLayer>(mode, seed);
}

}  // namespace antler::layers
