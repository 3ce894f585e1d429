// Models that read digits, from their files.
#pragma once

#include <filesystem>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/models/model.h"

namespace antler::digits {

/// A model from (28, 28, 1) to 10 probabilities. Throws Error naming the file when it holds another kind of
/// model, or none.
Model load_digit_model(const std::filesystem::path& path);

struct Ensemble {
  /// (samples, 10): the mean of the models' probabilities.
  Tensor probabilities;
  /// Wall-clock seconds inside predict, of all models together.
  double seconds = 0.0;
};

/// Lets each model of `paths` read the images, (samples, 28, 28, 1). Throws Error when `paths` is empty.
Ensemble predict_with_all(const std::vector<std::filesystem::path>& paths, const Tensor& images,
                          const PredictOptions& options);

}  // namespace antler::digits
