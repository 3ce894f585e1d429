#include "antler/layers/permute.h"

#include <algorithm>

#include "antler/layers/checks.h"
#include "antler/layers/config_reader.h"
#include "antler/ops/permute.h"
#include "antler/ops/reshape.h"
#include "antler/ops/upsampling.h"

namespace antler::layers {
namespace {

class PermuteLayer final : public LayerBase {
 public:
  explicit PermuteLayer(const std::vector<int64_t>& dims) : dims_(dims) {
    std::vector<int64_t> sorted = dims;
    std::ranges::sort(sorted);
    for (size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i] != static_cast<int64_t>(i) + 1)
        throw Error("dims must be the numbers 1 to {} in some order", dims.size());
    }
  }

  std::string class_name() const override { return "Permute"; }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Permute permute;
    permute.order = {0};
    for (int64_t dim : dims_) permute.order.push_back(static_cast<int>(dim));
    return to.graph.apply(permute, {inputs[0]});
  }

  Json config() const override { return {{"dims", dims_}}; }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<PermuteLayer>(*this); }

 private:
  std::vector<int64_t> dims_;
};

class RepeatVectorLayer final : public LayerBase {
 public:
  explicit RepeatVectorLayer(int64_t n) : n_(n) { check_range("n", n); }

  std::string class_name() const override { return "RepeatVector"; }

  void build(std::span<const Shape> inputs, uint64_t /*seed*/) override {
    check_rank(inputs[0], 2, "(batch, features)");
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Reshape step;
    step.shape = {1, to.graph.shape(inputs[0]).back()};
    ops::Upsampling repeat;
    repeat.height_factor = 1;
    repeat.width_factor = n_;
    return to.graph.apply(repeat, {to.graph.apply(step, {inputs[0]})});
  }

  Json config() const override { return {{"n", n_}}; }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<RepeatVectorLayer>(*this); }

 private:
  int64_t n_;
};

}  // namespace

Layer Permute(const std::vector<int64_t>& dims, const LayerOptions& options) {
  return make_layer_of<PermuteLayer>("Permute", options, dims);
}

Layer RepeatVector(int64_t n, const LayerOptions& options) {
  return make_layer_of<RepeatVectorLayer>("RepeatVector", options, n);
}

std::shared_ptr<LayerBase> read_permute(ConfigReader& config) {
  return std::make_shared<PermuteLayer>(config.integers("dims"));
}

std::shared_ptr<LayerBase> read_repeat_vector(ConfigReader& config) {
  return std::make_shared<RepeatVectorLayer>(config.integer("n"));
}

}  // namespace antler::layers
