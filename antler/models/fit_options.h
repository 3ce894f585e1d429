// How fit(), evaluate() and predict() are called: Keras's arguments.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "antler/callbacks/callback.h"
#include "antler/core/profile.h"
#include "antler/core/tensor.h"
#include "antler/data/dataset.h"
#include "antler/models/history.h"
#include "antler/models/tensors.h"

namespace antler {

/// Where a cut training run stood: enough to go on bit for bit. Kept in the model and saved with it.
struct TrainingProgress {
  int epoch = 0;      ///< the epoch that was cut, or is next
  int64_t batch = 0;  ///< batches of it already trained on
  /// What the loss, those of several outputs, and the metrics have counted in that epoch: Scores::sums().
  std::vector<std::vector<double>> sums = {};
  History history = {};  ///< the epochs before
  /// What callbacks remember (Callback::state), for those of them that do.
  std::vector<Json> callbacks = {};

  Json to_json() const;
  /// From what to_json() gave; all but "epoch" may be missing. Throws Error or Json::exception for anything
  /// else.
  static TrainingProgress from_json(const Json& saved);
};

/// Data to validate on, which training never sees: `{x, y}`, `{x, y, sample_weight}` or a dataset. Refers to
/// the tensors.
struct ValidationData {
  ValidationData(Tensors validation_x, Tensors validation_y, Tensor weights = {})
      : x(std::move(validation_x)), y(std::move(validation_y)), sample_weight(std::move(weights)) {}
  ValidationData(Dataset data) : dataset(std::move(data)) {}  // NOLINT(google-explicit-constructor)

  Tensors x = {};
  Tensors y = {};
  Tensor sample_weight = {};
  std::optional<Dataset> dataset = {};
};

struct FitOptions {
  /// Of tensors; a dataset is in batches already.
  int64_t batch_size = 32;
  int epochs = 1;
  /// 0: silent; 1: progress bar, Keras's "auto"; 2: a line an epoch.
  int verbose = 1;
  callbacks::CallbackList callbacks = {};
  /// In [0, 1): this share of the rows, the last ones, taken before any shuffling, is validated on. Of
  /// tensors alone.
  double validation_split = 0.0;
  /// Instead of a split.
  std::optional<ValidationData> validation_data = {};
  /// Tensors are shuffled in each epoch; a dataset is as it is: see Dataset::shuffle.
  bool shuffle = true;
  /// How much the loss of each class counts in training; classes not named count 1. Targets are class numbers
  /// or one-hot, of a model's only output.
  std::map<int, double> class_weight = {};
  /// How much the loss of each sample counts, (samples,); empty: 1 each. Not together with class_weight, nor
  /// with a dataset, which has its own.
  Tensor sample_weight = {};
  int initial_epoch = 0;
  /// Batches an epoch; 0: until the data end. The next epoch goes on behind them, and begins the data anew
  /// when they have come to their end, also in the middle of an epoch, which then ends early, with a warning.
  int64_t steps_per_epoch = 0;
  /// Batches of the validation data; 0: all.
  int64_t validation_steps = 0;
  /// 0: as batch_size.
  int64_t validation_batch_size = 0;
  /// Validates after every so many epochs; or, as a std::vector<int>, after these, counted from 1.
  std::variant<int, std::vector<int>> validation_freq = 1;
  /// Goes on from where the run stood that was cut: same data and options give bit for bit an unbroken run's
  /// weights.
  std::optional<TrainingProgress> resume = {};
  /// Where the time of each operation, of the batches, the optimizer, the metrics and the validation goes.
  Profile* profile = nullptr;
};

struct EvaluateOptions {
  /// Of tensors; a dataset is in batches already.
  int64_t batch_size = 32;
  /// 0: silent; 1: progress bar, Keras's "auto"; 2: a line.
  int verbose = 1;
  /// How much each sample's loss counts, (samples,); empty: 1 each.
  Tensor sample_weight = {};
  /// Batches to take; 0: all.
  int64_t steps = 0;
  callbacks::CallbackList callbacks = {};
};

struct PredictOptions {
  /// Of tensors; a dataset is in batches already.
  int64_t batch_size = 32;
  /// 0: silent, as in Keras 2; 1: progress bar, Keras 3's "auto"; 2: a line.
  int verbose = 0;
  /// Batches to take; 0: all.
  int64_t steps = 0;
  callbacks::CallbackList callbacks = {};
};

struct TrainOnBatchOptions {
  /// As in FitOptions.
  Tensor sample_weight = {};
  std::map<int, double> class_weight = {};
};

struct TestOnBatchOptions {
  Tensor sample_weight = {};
};

}  // namespace antler
