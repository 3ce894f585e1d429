// Keras's losses by name, each with Keras 3's settings and defaults. A plain name serves where the defaults
// do:
// `.loss = "categorical_crossentropy"`.
//
// Every one takes `reduction`, how a batch's values become one number, and `name`; empty: Keras's. An axis is
// one of a sample: it counts from the batch axis, 0, or from the end, -1. Each function throws Error for a
// setting out of its range.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/losses/loss.h"

namespace antler::losses {

/// Of a loss without settings of its own.
struct LossOptions {
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};

struct CrossentropyOptions {
  /// Predictions are what a softmax or sigmoid has yet to be applied to.
  bool from_logits = false;
  /// In [0, 1]: how much of the target is spread evenly over the classes.
  double label_smoothing = 0.0;
  int axis = -1;
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// Targets one-hot, or shares of each class. -sum(y log p); predictions are scaled to sum 1 and clipped to
/// [1e-7, 1 - 1e-7].
Loss CategoricalCrossentropy(const CrossentropyOptions& options = {});
/// The mean over the axis of -(y log p + (1 - y) log(1 - p)).
Loss BinaryCrossentropy(const CrossentropyOptions& options = {});

struct SparseCrossentropyOptions {
  bool from_logits = false;
  /// A target that is left out, whether it is a class number or not.
  std::optional<int> ignore_class = {};
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// Targets are class numbers, (batch, ...) or (batch, ..., 1); one that is no class gives a loss of NaN.
Loss SparseCategoricalCrossentropy(const SparseCrossentropyOptions& options = {});

struct BinaryFocalOptions {
  /// Weighs ones by alpha and zeros by 1 - alpha.
  bool apply_class_balancing = false;
  double alpha = 0.25;
  double gamma = 2.0;
  bool from_logits = false;
  double label_smoothing = 0.0;
  int axis = -1;
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// Binary crossentropy that counts an element (1 - p_t)^gamma, p_t being what is given to its target: Lin et
/// al., 2018, https://arxiv.org/abs/1708.02002.
Loss BinaryFocalCrossentropy(const BinaryFocalOptions& options = {});

struct CategoricalFocalOptions {
  /// One for all classes, or one for each.
  std::vector<double> alpha = {0.25};
  double gamma = 2.0;
  bool from_logits = false;
  double label_smoothing = 0.0;
  int axis = -1;
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// The same of classes: -sum(alpha (1 - p)^gamma y log p).
Loss CategoricalFocalCrossentropy(const CategoricalFocalOptions& options = {});

struct GeneralizedCrossEntropyOptions {
  /// Between 0, which is crossentropy, and 1, which is the mean absolute error.
  double q = 0.5;
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// (1 - p^q) / q; targets are class numbers. Forgives wrong labels: Zhang and Sabuncu, 2018,
/// https://arxiv.org/abs/1805.07836.
Loss CategoricalGeneralizedCrossEntropy(const GeneralizedCrossEntropyOptions& options = {});

/// sum(y log(y / p)), both clipped to [1e-7, 1].
Loss KLDivergence(const LossOptions& options = {});
/// mean(p - y log(p + 1e-7)).
Loss Poisson(const LossOptions& options = {});

Loss MeanSquaredError(const LossOptions& options = {});
Loss MeanAbsoluteError(const LossOptions& options = {});
/// 100 mean(|y - p| / max(|y|, 1e-7)).
Loss MeanAbsolutePercentageError(const LossOptions& options = {});
/// mean((log(y + 1) - log(p + 1))^2), both at least 1e-7.
Loss MeanSquaredLogarithmicError(const LossOptions& options = {});
/// mean(log(cosh(p - y))).
Loss LogCosh(const LossOptions& options = {});

struct HuberOptions {
  /// Where the square of the error gives way to a line.
  double delta = 1.0;
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
Loss Huber(const HuberOptions& options = {});

struct CosineSimilarityOptions {
  int axis = -1;
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// From -1, the same direction, to 1. The metric of this name has the opposite sign.
Loss CosineSimilarity(const CosineSimilarityOptions& options = {});

/// mean(max(1 - y p, 0)); targets -1 or 1; a batch of only 0 and 1 is translated.
Loss Hinge(const LossOptions& options = {});
Loss SquaredHinge(const LossOptions& options = {});
/// max(max((1 - y) p) - sum(y p) + 1, 0); targets one-hot.
Loss CategoricalHinge(const LossOptions& options = {});

struct DiceOptions {
  /// Empty: all, the batch axis included, so that a batch has one loss.
  std::vector<int> axis = {};
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// 1 - 2 sum(y p) / (sum(y) + sum(p) + 1e-7): how little two masks overlap.
Loss Dice(const DiceOptions& options = {});

struct TverskyOptions {
  /// How much counts what targets have and predictions miss, and the other way round.
  double alpha = 0.5;
  double beta = 0.5;
  /// As for Dice.
  std::vector<int> axis = {};
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// Salehi et al., 2017, https://arxiv.org/abs/1706.05721.
Loss Tversky(const TverskyOptions& options = {});

struct CircleOptions {
  double gamma = 80.0;
  double margin = 0.4;
  /// A sample is not compared with itself.
  bool remove_diagonal = true;
  Reduction reduction = Reduction::sum_over_batch_size;
  std::string name = {};
};
/// Targets are class numbers, predictions embeddings (batch, size) of length 1. The mean is over those
/// samples whose loss is not 0. Sun et al., 2020, https://arxiv.org/abs/2002.10857.
Loss Circle(const CircleOptions& options = {});

}  // namespace antler::losses
