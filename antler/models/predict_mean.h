// Predictions averaged: over several models, and over several views of what they look at.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/models/model.h"

namespace antler {

/// Another view of all of a model's inputs, with as many rows: images moved, turned, mirrored.
using TensorView = std::function<Tensor(const Tensor& x)>;

struct PredictMeanOptions {
  /// Test-time augmentation: each model predicts for each of these instead of `x`. Empty: for `x` itself.
  std::vector<TensorView> views = {};
  int64_t batch_size = 32;
  /// As in PredictOptions, for each prediction.
  int verbose = 0;
};

/// The mean of what each of `models`, of one input and one output, predicts for each view of `x`: an
/// ensemble. Throws Error when there is no model, and when predictions differ in shape.
Tensor predict_mean(std::span<Model> models, const Tensor& x, const PredictMeanOptions& options = {});
Tensor predict_mean(Model& model, const Tensor& x, const PredictMeanOptions& options = {});

/// A view for images (batch, height, width, channels): moved so many pixels down and to the right, with zeros
/// where nothing is known. Throws Error when called for anything else.
TensorView moved_images(int64_t down, int64_t right);

/// Images as they are, and moved by one pixel in each of the eight directions.
std::vector<TensorView> nine_views();

}  // namespace antler
