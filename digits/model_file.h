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

/// Where an ensemble's folder has member number `number`, from 1.
std::filesystem::path member_file(const std::filesystem::path& folder, int number);
/// Where it has one whose training was cut.
std::filesystem::path unfinished_file(const std::filesystem::path& folder);

/// The models of all `paths`, of which a folder stands for the members in it; the shipped one where there is
/// no path. Throws Error for a folder without members, too.
std::vector<Model> load_digit_models(const std::vector<std::filesystem::path>& paths);

struct ReadingOptions {
  int64_t batch_size = 32;
  int verbose = 0;
  /// Also looks at the images moved by a pixel in each direction, and takes the mean.
  bool moved = false;
};

struct Ensemble {
  /// (samples, 10): the mean of the models' probabilities.
  Tensor probabilities;
  /// Wall-clock seconds of predicting, of all models together.
  double seconds = 0.0;
};

/// Lets each model of `paths` read the images, (samples, 28, 28, 1).
Ensemble predict_with_all(const std::vector<std::filesystem::path>& paths, const Tensor& images,
                          const ReadingOptions& options);

}  // namespace antler::digits
