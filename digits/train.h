// Training on Kaggle's train.csv, as the lesson does it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "antler/callbacks/callback.h"
#include "antler/core/profile.h"
#include "antler/models/history.h"
#include "digits/dataset.h"

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
  /// Whether the first SIGINT or SIGTERM ends training in good order: see StopOnInterrupt.
  bool stop_on_interrupt = true;
  /// They may stop the run as Ctrl-C does.
  callbacks::CallbackList callbacks = {};
};

struct TrainResult {
  /// Of the kept model's run.
  History history;
  /// Ctrl-C or a callback ended it. The model file then tells how to go on, unless a finished try of `until`
  /// was kept.
  bool interrupted = false;
};

/// The rows in the order in which a run of this seed holds them: the last ones are validated on.
Digits shuffled(const Digits& digits, uint64_t seed);

/// Shuffles the rows, holds out the last ones for validation, trains and saves. Says what it does on standard
/// output. Throws Error, before any training, when data, options or the model to go on with do not fit or an
/// output cannot be written.
TrainResult train(const TrainOptions& options);

}  // namespace antler::digits
