#include "antler/layers/normalization.h"

#include <algorithm>

#include "antler/layers/checks.h"
#include "antler/layers/fields.h"
#include "antler/ops/affine.h"
#include "antler/ops/broadcast.h"

namespace antler::layers {
namespace {

constexpr auto fields = [](auto& field, NormalizationOptions& options) {
  field("axis", options.axis);
  field("invert", options.invert);
  field("mean", options.mean);
  field("variance", options.variance);
};

// A single mean may be given for many; they are kept in memory all the same.
constexpr int64_t most_given = int64_t{1} << 24;

// `shape` with 1 for all axes but those given.
Shape kept(Shape shape, const std::vector<int>& axes) {
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (!std::ranges::binary_search(axes, axis)) shape[axis] = 1;
  }
  return shape;
}

// The extents of the axes given, by themselves.
Shape extents_of(const Shape& shape, const std::vector<int>& axes) {
  std::vector<int64_t> extents;
  for (int axis : axes) extents.push_back(shape[axis]);
  return Shape(extents);
}

// The mean of f(element, index in the result) over all elements that have the same place along the axes kept.
template <typename Of>
std::vector<double> means(const Tensor& data, const Shape& kept_shape, const Of& of) {
  const ops::Broadcast at(kept_shape, data.shape());
  std::vector<double> sums(static_cast<size_t>(kept_shape.size()));
  for (int64_t i = 0; i < data.size(); ++i) {
    const auto index = static_cast<size_t>(at(i));
    sums[index] += of(double{data[i]}, index);
  }
  for (double& sum : sums) sum *= static_cast<double>(sums.size()) / static_cast<double>(data.size());
  return sums;
}

class NormalizationLayer final : public LayerBase {
 public:
  explicit NormalizationLayer(const NormalizationOptions& options) : options_(options) {
    if (options.mean.has_value() != options.variance.has_value())
      throw Error("only one of mean and variance is given; expected both or neither");
    if (!options.mean) return;
    if (options.mean->shape() != options.variance->shape())
      throw Error("mean has the shape {}, but variance {}; expected the same",
                  options.mean->shape().to_string(), options.variance->shape().to_string());
    if (options.mean->shape().rank() > std::ssize(options.axis.numbers()))
      throw Error("mean has {} axes; expected at most the {} of axis", options.mean->shape().rank(),
                  options.axis.numbers().size());
  }

  std::string class_name() const override { return "Normalization"; }

  void build(std::span<const Shape> inputs, uint64_t seed) override {
    const Shape shape = extents_of(inputs[0], options_.axis.of(inputs[0]));
    check_size("the mean", shape);
    if (options_.mean) {
      check_range("the size of the mean", shape.size(), 1, most_given);
      mean_ = options_.mean->broadcast_to(shape, "mean");
      variance_ = options_.variance->broadcast_to(shape, "variance");
      return;
    }
    add_weight("mean", shape, {.initializer = "zeros", .trainable = false}, seed);
    add_weight("variance", shape, {.initializer = "ones", .trainable = false}, seed);
    add_weight("count", {}, {.initializer = "zeros", .trainable = false}, seed);
  }

  void adapt(const Tensor& data) override {
    if (options_.mean) throw Error("mean and variance are given; adapt() has nothing to find out");
    if (data.empty()) throw Error("adapt() was given no data");
    if (!built) {
      const std::vector<Shape> inputs = {data.shape().without_batch().with_batch(Shape::unknown)};
      build(inputs, 0);
      built = true;
    }
    const std::vector<int> axes = options_.axis.of(data.shape());
    if (extents_of(data.shape(), axes) != weights[0].value.shape()) {
      throw Error("data of shape {} do not fit a mean of shape {}", data.shape().to_string(),
                  weights[0].value.shape().to_string());
    }
    const Shape shape = kept(data.shape(), axes);
    const std::vector<double> mean = means(data, shape, [](double x, size_t) { return x; });
    const std::vector<double> variance =
        means(data, shape, [&](double x, size_t index) { return (x - mean[index]) * (x - mean[index]); });
    for (size_t i = 0; i < mean.size(); ++i) {
      weights[0].value[static_cast<int64_t>(i)] = static_cast<float>(mean[i]);
      weights[1].value[static_cast<int64_t>(i)] = static_cast<float>(variance[i]);
    }
  }

  graph::Value lower(Lowering& to, std::span<const graph::Value> inputs) override {
    ops::Affine affine;
    affine.kind = options_.invert ? ops::Affine::Kind::restore : ops::Affine::Kind::standardize;
    affine.axes = options_.axis.of(to.graph.shape(inputs[0]));
    Tensor& mean = options_.mean ? mean_ : weights[0].value;
    Tensor& variance = options_.mean ? variance_ : weights[1].value;
    return to.graph.apply(affine,
                          {inputs[0], to.graph.parameter(mean, false), to.graph.parameter(variance, false)});
  }

  Json config() const override { return written(fields, options_); }
  std::shared_ptr<LayerBase> clone() const override { return std::make_shared<NormalizationLayer>(*this); }

 private:
  NormalizationOptions options_;
  // Where they are given.
  Tensor mean_;
  Tensor variance_;
};

}  // namespace

Layer Normalization(const NormalizationOptions& options) {
  return make_layer_of<NormalizationLayer>("Normalization", options, options);
}

std::shared_ptr<LayerBase> read_normalization(ConfigReader& config) {
  return std::make_shared<NormalizationLayer>(read_options<NormalizationOptions>(config, fields));
}

}  // namespace antler::layers
