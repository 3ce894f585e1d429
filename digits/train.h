// Training on Kaggle's train.csv, as the lesson does it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "antler/core/profile.h"
#include "antler/models/history.h"

namespace antler::digits {

/// The defaults are the lesson's.
struct TrainOptions {
  std::filesystem::path csv = "train.csv";
  /// Where the trained model goes, .h5.
  std::filesystem::path model = "cnn_net_model.h5";
  std::string recipe = "lesson";
  int epochs = 50;
  int64_t batch_size = 64;
  double validation_split = 0.2;
  /// Of the order of rows, initial weights and dropout; fresh where there is none.
  std::optional<uint64_t> seed = {};
  /// Trains again from another seed until the validation accuracy is this high; the best model is kept.
  std::optional<double> until = {};
  int tries = 5;
  /// Goes on with the run that `model` holds, bit for bit as if it had not been cut; CSV and options must be
  /// the same. A finished run goes on when `epochs` is higher than it was.
  bool resume = false;
  /// Where to write Keras's History as JSON.
  std::optional<std::filesystem::path> history = {};
  int verbose = 1;
  /// See FitOptions::profile.
  Profile* profile = nullptr;
};

struct TrainResult {
  /// Of the kept model's run.
  History history;
  /// Ctrl-C ended it. The model file then tells how to go on, unless a finished try of `until` was kept.
  bool interrupted = false;
};

/// Shuffles the rows, holds out the last ones for validation, trains and saves. Says what it does on standard
/// output. Throws Error, before any training, when data, options or the model to go on with do not fit or an
/// output cannot be written.
TrainResult train(const TrainOptions& options);

}  // namespace antler::digits
