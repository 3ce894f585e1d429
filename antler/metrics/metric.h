// What is reported beside the loss: Keras's metrics.
#pragma once

#include <memory>
#include <string>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::metrics {

/// A running mean over all samples since reset(). A value.
class Metric {
 public:
  /// An accuracy, "top_k_categorical_accuracy" and the like, or any loss's name. "accuracy" (or "acc")
  /// becomes binary, categorical or sparse accuracy by the shapes, at resolve(). Losses take the predictions
  /// as they are: crossentropies as probabilities. Throws Error for a name that antler does not have.
  Metric(const char* name);         // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Metric(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// From what Keras 2 or 3 saves: a name, or an object with "class_name" and "config". Throws Error for an
  /// unknown class or setting.
  static Metric from_config(const Json& saved);
  /// What Keras 3 saves for it: the name it was given by, or the object.
  Json to_config() const;

  /// As it appears in History: "accuracy"; as in Keras, the name it was given by.
  const std::string& name() const { return name_; }
  /// Settles what depends on the shapes, (batch, ...), of targets and predictions; their batch extents may
  /// differ or be unknown. Called by compile. Throws Error when the shapes do not fit.
  void resolve(const Shape& y_true, const Shape& y_pred);

  /// Counts a batch: the mean over what each sample has, by (batch, ...) of targets and predictions. Throws
  /// Error when the shapes do not fit.
  void update(ConstView y_true, ConstView y_pred);
  /// NaN-free: 0 before the first update, as in Keras.
  double result() const { return count_ > 0 ? total_ / count_ : 0.0; }
  void reset() { total_ = count_ = 0.0; }

  /// The sums behind result(), so that an epoch can be resumed in its middle.
  double total() const { return total_; }
  double count() const { return count_; }
  void restore(double total, double count) {
    total_ = total;
    count_ = count;
  }

  struct Definition;

 private:
  Metric(std::string name, std::shared_ptr<const Definition> definition);
  std::string name_;
  std::shared_ptr<const Definition> definition_;
  double total_ = 0.0;
  double count_ = 0.0;
};

}  // namespace antler::metrics
