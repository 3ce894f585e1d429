// Several networks trained one after another, that predict together.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "digits/train.h"

namespace antler::digits {

struct EnsembleResult {
  /// Of each member by itself and of the members up to it together, on the held-out rows.
  std::vector<double> each;
  std::vector<double> together;
  /// By Ctrl-C or a callback.
  bool interrupted = false;
};

struct EnsembleOptions {
  /// Of each member; `model` names the folder, `until` the accuracy of all together that is enough. `tries`
  /// has no meaning.
  TrainOptions member = {};
  int members = 10;
  /// No member is begun that would not be done by then, going by the longest so far, and one that is not is
  /// cut.
  std::optional<double> minutes = {};
  /// Members that the folder has go as soon as there is a new one.
  bool anew = false;
  /// Told after each member what has been reached.
  std::function<void(const EnsembleResult&)> on_member = {};
};

/// Trains members from seeds of their own on the same rows, and reports on each and on all so far, on
/// standard output. The folder then has a file for each, member-01.keras and so on, and unfinished.keras
/// where one was cut; with `resume` all of them are gone on with. Throws Error for a folder that has members
/// already without `resume` or `anew`, and as train() does.
EnsembleResult train_ensemble(const EnsembleOptions& options);
/// The same of digits that were read from `options.member.csv` already.
EnsembleResult train_ensemble(const EnsembleOptions& options, const Digits& digits);

}  // namespace antler::digits
