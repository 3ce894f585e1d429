// Several networks trained one after another, that predict together.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "digits/train.h"

namespace antler::digits {

struct EnsembleOptions {
  /// Of each member; `recipe` names the members' recipe, `model` the folder, `until` the accuracy of all
  /// together that is enough. `tries` has no meaning.
  TrainOptions member = {};
  int members = 10;
  /// No member is begun that would not be done by then, going by the longest so far, and one that is not is
  /// cut.
  std::optional<double> minutes = {};
};

struct EnsembleResult {
  /// Of each member by itself and of the members up to it together, on the held-out rows.
  std::vector<double> each;
  std::vector<double> together;
  bool interrupted = false;
};

/// Trains members from seeds of their own on the same rows, and reports on each and on all so far, on
/// standard output. The folder then has a file for each, member-01.keras and so on, and unfinished.keras
/// where one was cut; with `resume` all of them are gone on with. Throws Error for a folder that has members
/// already without `resume`, and as train() does.
EnsembleResult train_ensemble(const EnsembleOptions& options);

}  // namespace antler::digits
