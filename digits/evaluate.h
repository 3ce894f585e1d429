// How well models read digits whose labels are known.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "antler/core/tensor.h"
#include "digits/selection.h"

namespace antler::digits {

struct EvaluateCsvOptions {
  /// Laid out as Kaggle's train.csv, or IDX files.
  std::filesystem::path csv;
  /// Also folders of ensembles; the probabilities of several are averaged. None: the shipped model.
  std::vector<std::filesystem::path> models;
  int64_t batch_size = 32;
  /// See ReadingOptions::moved.
  bool moved = false;
  Selection selection = {};
};

struct DigitScores {
  /// Categorical cross-entropy, mean over all digits, whatever loss the models were trained with.
  double loss = 0.0;
  /// Share of digits read right.
  double accuracy = 0.0;
  /// (10, 10): how many digits with the first axis's label were read as the second's.
  Tensor confusion = {};
};

/// Throws Error when a model is no digit reader or a file cannot be read.
DigitScores evaluate_csv(const EvaluateCsvOptions& options);

/// The confusion as lines of text, a label each.
std::string confusion_text(const Tensor& confusion);

}  // namespace antler::digits
