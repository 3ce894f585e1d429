// What a callback may know of the model in training, and do to it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/json.h"
#include "antler/core/tensor.h"

namespace antler::callbacks {

/// Keras's `callback.model`, seen from this room, which stands above models. fit(), evaluate() and predict()
/// hand it to their callbacks.
class TrainedModel {
 public:
  virtual ~TrainedModel() = default;

  /// As Model's.
  virtual std::vector<Tensor> get_weights() const = 0;
  virtual void set_weights(const std::vector<Tensor>& weights) = 0;
  /// Keras's paths of the weights, in the order of get_weights(): "dense/kernel".
  virtual std::vector<std::string> weight_paths() const = 0;

  /// Of the optimizer: its learning rate, and how many updates it has made.
  virtual double learning_rate() const = 0;
  virtual void set_learning_rate(double learning_rate) = 0;
  virtual int64_t iterations() const = 0;
  /// As Optimizer's, of the model's trainable weights.
  virtual void swap_averages() = 0;
  virtual void begin_averages() = 0;

  /// As Model's. A model saved in the middle of fit() also holds where the run stands, so that it goes on bit
  /// for bit: `.resume = load_model(path).training_progress()`.
  virtual void save(const std::filesystem::path& path) const = 0;
  virtual void save_weights(const std::filesystem::path& path) const = 0;
  virtual void load_weights(const std::filesystem::path& path) = 0;

  /// Where the run stands, beyond what the weights tell: epoch, batch, the sums behind the metrics, history,
  /// seed, the state of all callbacks. Throws Error outside fit().
  virtual Json progress() const = 0;
  /// Goes on from there; to be called in on_train_begin alone. What is missing stays as it is, so that
  /// {"epoch": 4} merely begins with epoch 4. Throws Error for what no run has written.
  virtual void go_on_from(const Json& progress) = 0;
};

}  // namespace antler::callbacks
