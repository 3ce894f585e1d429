#include "antler/models/min_pooling.h"

#include "antler/layers/rescaling.h"
#include "antler/models/sequential.h"

namespace antler::layers {
namespace {

// `max_pooling` of the negated input, negated again.
Layer negated(const Layer& max_pooling, const char* model_name, const InputShape& input_shape,
              const std::string& name) {
  const Sequential model({Rescaling(-1.0), max_pooling, Rescaling(-1.0)}, model_name);
  const Layer layer = model;
  layer.base().name = name;
  layer.base().batch_input_shape = input_shape.with_batch();
  return layer;
}

}  // namespace

Layer MinPooling1D(const Pooling1DOptions& options) {
  const Layer pooling =
      MaxPooling1D({.pool_size = options.pool_size, .strides = options.strides, .padding = options.padding});
  return negated(pooling, "min_pooling1d", options.input_shape, options.name);
}

Layer MinPooling2D(const Pooling2DOptions& options) {
  const Layer pooling =
      MaxPooling2D({.pool_size = options.pool_size, .strides = options.strides, .padding = options.padding});
  return negated(pooling, "min_pooling2d", options.input_shape, options.name);
}

Layer MinPool1D(const Pooling1DOptions& options) {
  return MinPooling1D(options);
}
Layer MinPool2D(const Pooling2DOptions& options) {
  return MinPooling2D(options);
}

}  // namespace antler::layers
