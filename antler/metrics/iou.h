// How well areas of one class overlap, intersection over union: Keras 3.15's metrics of segmentation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "antler/core/settings.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/recipe.h"

namespace antler::metrics {

struct IoUOptions {
  /// Targets of this class do not count.
  std::optional<int> ignore_class = {};
  /// Class numbers; false: as many scores as classes along `axis`, of which the highest counts.
  bool sparse_y_true = true;
  bool sparse_y_pred = true;
  int axis = -1;
  /// "int64", Keras's default, cuts off the fractions of sample weights; "float32" keeps them.
  std::string dtype = "int64";
  std::string name = {};
};
/// The mean over those of `target_class_ids` that occur, of what targets and predictions of the class have in
/// common over what they have together. Numbers that are no class do not count.
Metric IoU(int num_classes, const std::vector<int>& target_class_ids, const IoUOptions& options = {});
/// The same of all classes.
Metric MeanIoU(int num_classes, const IoUOptions& options = {});

struct BinaryIoUOptions {
  std::vector<int> target_class_ids = {0, 1};
  /// What a prediction must reach to be of class 1.
  double threshold = 0.5;
  std::string dtype = "int64";
  std::string name = {};
};
Metric BinaryIoU(const BinaryIoUOptions& options = {});

struct OneHotIoUOptions {
  std::optional<int> ignore_class = {};
  bool sparse_y_pred = false;
  int axis = -1;
  std::string dtype = "int64";
  std::string name = {};
};
/// Targets one-hot.
Metric OneHotIoU(int num_classes, const std::vector<int>& target_class_ids,
                 const OneHotIoUOptions& options = {});
Metric OneHotMeanIoU(int num_classes, const OneHotIoUOptions& options = {});

Recipe read_iou(Settings& settings);
Recipe read_mean_iou(Settings& settings);
Recipe read_binary_iou(Settings& settings);
Recipe read_one_hot_iou(Settings& settings);
Recipe read_one_hot_mean_iou(Settings& settings);

}  // namespace antler::metrics
