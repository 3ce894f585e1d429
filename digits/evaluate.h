// How well models read digits whose labels are known.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace antler::digits {

struct EvaluateCsvOptions {
  /// Laid out as Kaggle's train.csv.
  std::filesystem::path csv;
  /// One or more; the probabilities of several are averaged.
  std::vector<std::filesystem::path> models;
  int64_t batch_size = 32;
};

struct DigitScores {
  /// Categorical cross-entropy, mean over all digits, whatever loss the models were trained with.
  double loss = 0.0;
  /// Share of digits read right.
  double accuracy = 0.0;
};

/// Throws Error when a model is no digit reader or a file cannot be read.
DigitScores evaluate_csv(const EvaluateCsvOptions& options);

}  // namespace antler::digits
