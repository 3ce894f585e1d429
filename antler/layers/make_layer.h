// What the functions that make layers have in common.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/layers/layer.h"

namespace antler::layers {

/// Options of layers that have no others.
struct LayerOptions {
  InputShape input_shape = {};
  std::string name = {};
};

/// Options of layers that draw random numbers in training and have no others. What is drawn follows from the
/// model's seed, the names of the layer and of the models around it, and the step.
struct RandomOptions {
  /// Sets this layer's random numbers apart from those of a layer of the same name with another seed.
  std::optional<int64_t> seed = {};
  InputShape input_shape = {};
  std::string name = {};
};

/// The layer that `make()` gives, with name, input shape and activity regularizer from `options`. Errors are
/// led by the class: "Dense: units is -1; expected 1 or more".
template <class Options, class Make>
Layer make_layer(std::string_view class_name, const Options& options, Make make) {
  try {
    std::shared_ptr<LayerBase> base = make();
    base->name = options.name;
    base->batch_input_shape = options.input_shape.with_batch();
    if constexpr (requires { options.activity_regularizer; }) {
      base->activity_regularizer = options.activity_regularizer;
    }
    return Layer(std::move(base));
  } catch (const Error& error) {
    throw Error("{}: {}", class_name, error.what());
  }
}

/// The same for a `Kind` made of `arguments`.
template <class Kind, class Options, class... Arguments>
Layer make_layer_of(std::string_view class_name, const Options& options, const Arguments&... arguments) {
  return make_layer(class_name, options, [&] { return std::make_shared<Kind>(arguments...); });
}

}  // namespace antler::layers
