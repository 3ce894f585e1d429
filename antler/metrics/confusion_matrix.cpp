#include "antler/metrics/confusion_matrix.h"

#include "antler/core/error.h"

namespace antler::metrics {

Tensor confusion_matrix(std::span<const int> labels, std::span<const int> predictions, int classes,
                        std::span<const float> weights) {
  if (labels.size() != predictions.size() || (!weights.empty() && weights.size() != labels.size())) {
    throw Error("there are {} labels, {} predictions and {} weights; expected as many of each", labels.size(),
                predictions.size(), weights.size());
  }
  Tensor matrix(Shape{classes, classes});
  for (size_t i = 0; i < labels.size(); ++i) {
    for (int label : {labels[i], predictions[i]}) {
      if (label < 0 || label >= classes)
        throw Error("sample {} has the class {}; there are {}", i, label, classes);
    }
    matrix[int64_t{labels[i]} * classes + predictions[i]] += weights.empty() ? 1.0F : weights[i];
  }
  return matrix;
}

}  // namespace antler::metrics
