// What is reported beside the loss: a metric of Keras's. metrics.h has them all by name.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::metrics {

/// A running mean, count or score over all samples since reset(). A value.
class Metric {
 public:
  /// "precision", "top_k_categorical_accuracy", any of Keras's names and aliases, or any loss's name.
  /// "accuracy" (or "acc") becomes binary, categorical or sparse accuracy by the shapes, at resolve(). Losses
  /// take the predictions as they are: crossentropies as probabilities, which are cut at 1e-7. Keras works
  /// its own out from what went into a softmax or sigmoid, so that a wrong prediction of probability 1 counts
  /// more there than the 16.1 it counts here. Throws Error for a name that antler does not have, or of a
  /// metric that cannot do without settings.
  Metric(const char* name);         // NOLINT(google-explicit-constructor): a name is meant to serve as one
  Metric(const std::string& name);  // NOLINT(google-explicit-constructor)
  /// From what Keras 2 or 3 saves: a name, or an object with "class_name" and "config". Throws Error for an
  /// unknown class or setting.
  static Metric from_config(const Json& saved);
  /// The same of a class with its settings; `name` is for History, empty: Keras's.
  static Metric of_class(const char* class_name, const std::string& name, Json config = Json::object());
  /// What Keras 3 saves for it: the name it was given by, or the object.
  Json to_config() const;

  /// As it appears in History: "accuracy"; as in Keras, the name it was given by.
  const std::string& name() const { return name_; }
  /// Settles what depends on the shapes, (batch, ...), of targets and predictions; their batch extents may
  /// differ or be unknown. Called by compile. Throws Error when the shapes do not fit.
  void resolve(const Shape& y_true, const Shape& y_pred);

  /// Counts a batch, by (batch, ...) of targets and predictions and the weight of each sample (or of each
  /// value); empty: 1 each. Throws Error when the shapes do not fit.
  void update(ConstView y_true, ConstView y_pred, std::span<const float> sample_weights = {});
  /// Counts a batch of values, (batch, ...), for a Mean or a Sum.
  void update(ConstView values, std::span<const float> sample_weights = {});
  /// As Keras gives it; 0 before the first update. Throws Error when there are several.
  double result() const;
  /// One number; or one for each class or threshold, as the settings say.
  std::vector<double> results() const;
  void reset() { state_.clear(); }

  /// What is behind results(), so that an epoch can be resumed in its middle: for a mean, (total, count).
  const std::vector<double>& state() const { return state_; }
  void restore(std::vector<double> state) { state_ = std::move(state); }

  struct Definition;

 private:
  Metric(std::shared_ptr<const Definition> definition, std::string name);
  void count(ConstView y_true, ConstView y_pred, std::span<const float> sample_weights);
  std::string name_;
  std::shared_ptr<const Definition> definition_;
  std::vector<double> state_;
};

}  // namespace antler::metrics
