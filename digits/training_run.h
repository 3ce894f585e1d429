// One run of one network: from rows to a trained model.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "antler/callbacks/callback.h"
#include "antler/core/profile.h"
#include "antler/data/stratified.h"
#include "antler/models/model.h"
#include "digits/dataset.h"
#include "digits/recipe.h"

namespace antler::digits {

/// A recipe and how long it is followed.
struct Plan {
  Recipe recipe;
  int epochs = 0;
  int64_t batch_size = 0;
  double validation_split = 0.0;
  /// Learned from beside the labels; see taught_by().
  std::optional<Model> teacher = {};
  int verbose = 1;
  Profile* profile = nullptr;
  /// See TrainOptions.
  bool stop_on_interrupt = true;
};

/// Digits to train on, and digits held out.
struct Rows {
  Tensor x;  ///< (digits, 28, 28, 1)
  Tensor y;  ///< (digits, 10), one-hot
  Tensor validation_x;
  Tensor validation_y;

  bool has_validation() const { return !validation_x.empty(); }
};

/// Of the rows with these `labels`, the share `validation_split` of each digit is held out; which ones,
/// follows from `seed`. Throws Error when none are left to train on.
Split split_of(const Tensor& labels, double validation_split, uint64_t seed);
Rows split_rows(const Digits& digits, double validation_split, uint64_t seed);

/// Updates of a run on so many rows: of an epoch, and in all.
int64_t steps_per_epoch(const Plan& plan, int64_t rows);
int64_t updates_of(const Plan& plan, int64_t rows);

struct Attempt {
  Model model;
  /// The last values on the held-out rows are those of the model as it is now.
  History history;
  /// By Ctrl-C.
  bool interrupted = false;

  /// On the held-out rows; 0 where there are none.
  double validation_accuracy() const;
};

/// Trains `model`, or goes on where its run was cut. A run that comes to its end puts the averages of the
/// weights into the model where its optimizer keeps any, with the normalisation's statistics renewed on the
/// rows as they are, and sharpens what a teacher has softened. Throws Error, before any training, when a run
/// to go on with is not one of this plan; `source` is the file that it came from. `more` watch beside what
/// the run itself needs.
Attempt run(Model model, const Plan& plan, const Rows& rows, const std::string& source,
            const callbacks::CallbackList& more = {});

}  // namespace antler::digits
