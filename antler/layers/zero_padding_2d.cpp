#include "antler/layers/zero_padding_2d.h"

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/padding.h"

namespace antler::layers {
namespace {

class ZeroPadding2DLayer final : public LayerBase {
 public:
  explicit ZeroPadding2DLayer(const Padding2D& padding) : padding_(padding) {
    for (int64_t zeros :
         {padding.rows.before, padding.rows.after, padding.columns.before, padding.columns.after}) {
      check_range("padding", zeros, 0);
    }
  }

  std::string class_name() const override { return "ZeroPadding2D"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 4, "(batch, height, width, channels)");
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::ZeroPadding zeros;
    zeros.top = padding_.rows.before;
    zeros.bottom = padding_.rows.after;
    zeros.left = padding_.columns.before;
    zeros.right = padding_.columns.after;
    return to.graph.apply(zeros, {inputs[0]});
  }

  Json config() const override {
    return {{"padding", Json::array({to_config(Pair(padding_.rows.before, padding_.rows.after)),
                                     to_config(Pair(padding_.columns.before, padding_.columns.after))})},
            {"data_format", "channels_last"}};
  }

  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<ZeroPadding2DLayer>(*this); }

 private:
  Padding2D padding_;
};

// One side of [[top, bottom], [left, right]] or of [rows, columns].
Sides sides_of(const Json& padding, size_t index) {
  const Json side = {{"padding", padding[index]}};
  const Pair pair = ConfigReader(side).pair("padding");
  return {.before = pair.height, .after = pair.width};
}

}  // namespace

Layer ZeroPadding2D(const ZeroPadding2DOptions& options) {
  return make_layer_of<ZeroPadding2DLayer>("ZeroPadding2D", options, options.padding);
}

std::shared_ptr<LayerBase> read_zero_padding_2d(ConfigReader& config) {
  config.channels_last();
  const Json& padding = config.value("padding");
  if (!padding.is_array()) return std::make_shared<ZeroPadding2DLayer>(config.integer("padding", 1));
  if (padding.size() != 2) throw Error("padding has {} entries; expected 2", padding.size());
  return std::make_shared<ZeroPadding2DLayer>(Padding2D(sides_of(padding, 0), sides_of(padding, 1)));
}

}  // namespace antler::layers
