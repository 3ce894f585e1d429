// Training on Kaggle's train.csv, by a recipe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "antler/callbacks/callback.h"
#include "antler/core/profile.h"
#include "antler/models/history.h"
#include "digits/training_run.h"

namespace antler::digits {

struct TrainOptions {
  /// Or IDX files, as read_digits() says.
  std::filesystem::path csv = "train.csv";
  /// Where the trained model goes, .h5 or .keras.
  std::filesystem::path model = "cnn_net_model.h5";
  std::string recipe = "lesson";
  /// The recipe's where not set.
  std::optional<int> epochs = {};
  std::optional<int64_t> batch_size = {};
  std::optional<double> validation_split = {};
  /// Of the order of rows, initial weights, augmentation and dropout; fresh where there is none.
  std::optional<uint64_t> seed = {};
  /// Trains again from another seed until the validation accuracy is this high; the best model is kept.
  std::optional<double> until = {};
  int tries = 5;
  /// Goes on with the run that `model` holds, bit for bit as if it had not been cut; CSV and options must be
  /// the same. A finished run of a recipe without a schedule goes on when `epochs` is higher than it was.
  bool resume = false;
  /// A model whose probabilities are learned beside the labels.
  std::optional<std::filesystem::path> teacher = {};
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

/// What is said where `options` say nothing is the recipe's. Throws Error for a recipe that is not there and
/// a teacher that is no digit reader.
Plan plan_of(const TrainOptions& options);

/// Shuffles the rows, holds out the last ones for validation, trains and saves. Says what it does on standard
/// output. Throws Error, before any training, when data, options or the model to go on with do not fit or an
/// output cannot be written.
TrainResult train(const TrainOptions& options);
/// The same of digits that were read from `options.csv` already.
TrainResult train(const TrainOptions& options, const Digits& digits);

/// How `word` is to be written in a shell.
std::string quoted(const std::string& word);

}  // namespace antler::digits
