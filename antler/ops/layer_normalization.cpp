#include "antler/ops/layer_normalization.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler::ops {
namespace {

// x seen as (outer, pixels, groups, group_channels); the statistics of (outer, group) are over the other two.
struct Layout {
  int64_t outer = 1, pixels = 1, groups = 1, group_channels = 1;
  int64_t parameters = 1;
  int64_t sample() const { return pixels * groups * group_channels; }
  double count() const { return static_cast<double>(pixels * group_channels); }
};

Layout layout_of(const LayerNormalization& op, const Shape& x) {
  const int axis = x.checked_axis(op.axis);
  Layout layout{.groups = op.groups, .group_channels = x.back() / std::max<int64_t>(op.groups, 1)};
  for (int i = 0; i < axis; ++i) layout.outer *= x[i];
  for (int i = axis; i < x.rank() - 1; ++i) layout.pixels *= x[i];
  for (int i = x.checked_axis(op.parameters_axis); i < x.rank(); ++i) layout.parameters *= x[i];
  return layout;
}

// Visits the elements of group `g` of a sample: visit(index in the sample, index in gamma and beta).
template <typename Visit>
void for_each_of_group(const Layout& layout, int64_t g, const Visit& visit) {
  const int64_t channels = layout.groups * layout.group_channels;
  for (int64_t pixel = 0; pixel < layout.pixels; ++pixel) {
    const int64_t first = pixel * channels + g * layout.group_channels;
    for (int64_t at = first; at < first + layout.group_channels; ++at) visit(at, at % layout.parameters);
  }
}

// Mean and 1 / sqrt(variance + epsilon) of each sample and group, in the memory that forward keeps.
struct Statistics {
  float& mean;
  float& inverse;
};
Statistics statistics_of(const float* saved, int64_t index) {
  auto* floats = const_cast<float*>(saved);  // NOLINT: forward writes it, backward reads it
  return {floats[2 * index], floats[2 * index + 1]};
}

template <typename Body>
void for_each_group(const Layout& layout, const Body& body) {
  parallel_for(layout.outer * layout.groups, [&](int64_t begin, int64_t end, int) {
    for (int64_t index = begin; index < end; ++index)
      body(index, index / layout.groups, index % layout.groups);
  });
}

}  // namespace

Shape LayerNormalization::output_shape(std::span<const Shape> inputs) const {
  const Layout layout = layout_of(*this, inputs[0]);
  if (layout.groups < 1 || inputs[0].back() % layout.groups != 0) {
    throw Error("the {} channels of an input of shape {} cannot be cut into {} groups", inputs[0].back(),
                inputs[0].to_string(), groups);
  }
  for (const Shape& parameter : inputs.subspan(1)) {
    if (parameter.size() != layout.parameters) {
      throw Error("a parameter of shape {} does not fit a normalization of {}", parameter.to_string(),
                  inputs[0].to_string());
    }
  }
  return inputs[0];
}

int64_t LayerNormalization::saved_floats(std::span<const Shape> inputs) const {
  const Layout layout = layout_of(*this, inputs[0]);
  return 2 * layout.outer * layout.groups;
}

void LayerNormalization::forward(const ForwardContext& run) const {
  const Layout layout = layout_of(*this, run.inputs[0].shape);
  const float* gamma = scale ? run.inputs[1].data : nullptr;
  const float* beta = center ? run.inputs[scale ? 2 : 1].data : nullptr;
  for_each_group(layout, [&](int64_t index, int64_t outer, int64_t g) {
    const float* x = run.inputs[0].data + outer * layout.sample();
    float* y = run.output.data + outer * layout.sample();
    double mean = 0.0;
    double squares = 0.0;
    if (!only_scales) for_each_of_group(layout, g, [&](int64_t at, int64_t) { mean += double{x[at]}; });
    mean /= layout.count();
    for_each_of_group(layout, g, [&](int64_t at, int64_t) { squares += std::pow(double{x[at]} - mean, 2); });
    const Statistics saved = statistics_of(run.saved.data(), index);
    saved.mean = static_cast<float>(mean);
    saved.inverse = static_cast<float>(1.0 / std::sqrt(squares / layout.count() + double{epsilon}));
    for_each_of_group(layout, g, [&](int64_t at, int64_t parameter) {
      const float normal = (x[at] - saved.mean) * saved.inverse;
      y[at] = normal * (gamma ? gamma[parameter] : 1.0F) + (beta ? beta[parameter] : 0.0F);
    });
  });
}

void LayerNormalization::backward(const BackwardContext& run) const {
  const Shape& shape = run.inputs[0].shape;
  const Layout layout = layout_of(*this, shape);
  const float* gamma = scale ? run.inputs[1].data : nullptr;
  const View dx = run.input_gradients[0];
  if (dx.data != nullptr) {
    for_each_group(layout, [&](int64_t index, int64_t outer, int64_t g) {
      const float* x = run.inputs[0].data + outer * layout.sample();
      const float* dy = run.output_gradient.data + outer * layout.sample();
      const Statistics saved = statistics_of(run.saved.data(), index);
      const auto inner = [&](int64_t at, int64_t parameter) {
        return double{dy[at]} * (gamma ? double{gamma[parameter]} : 1.0);
      };
      const auto normal = [&](int64_t at) { return double{x[at] - saved.mean} * double{saved.inverse}; };
      double mean = 0.0;
      double product = 0.0;
      for_each_of_group(layout, g, [&](int64_t at, int64_t parameter) {
        mean += only_scales ? 0.0 : inner(at, parameter);
        product += inner(at, parameter) * normal(at);
      });
      mean /= layout.count();
      product /= layout.count();
      for_each_of_group(layout, g, [&](int64_t at, int64_t parameter) {
        dx.data[outer * layout.sample() + at] =
            static_cast<float>((inner(at, parameter) - mean - normal(at) * product) * double{saved.inverse});
      });
    });
  }
  float* dgamma = scale ? run.input_gradients[1].data : nullptr;
  float* dbeta = center ? run.input_gradients[scale ? 2 : 1].data : nullptr;
  if (dgamma != nullptr) std::fill_n(dgamma, layout.parameters, 0.0F);
  if (dbeta != nullptr) std::fill_n(dbeta, layout.parameters, 0.0F);
  // On one thread: all samples add to the same few numbers.
  for (int64_t index = 0; index < layout.outer * layout.groups; ++index) {
    const int64_t first = index / layout.groups * layout.sample();
    const Statistics saved = statistics_of(run.saved.data(), index);
    for_each_of_group(layout, index % layout.groups, [&](int64_t at, int64_t parameter) {
      const float dy = run.output_gradient.data[first + at];
      if (dgamma) dgamma[parameter] += dy * (run.inputs[0].data[first + at] - saved.mean) * saved.inverse;
      if (dbeta) dbeta[parameter] += dy;
    });
  }
}

}  // namespace antler::ops
