// A model as its callbacks see it.
#pragma once

#include "antler/callbacks/trained_model.h"
#include "antler/models/model.h"

namespace antler {

/// In evaluate() and predict(): progress() and go_on_from() throw Error. fit() has a class behind this one.
class ModelInRun : public callbacks::TrainedModel {
 public:
  explicit ModelInRun(Model& model) : model_(model) {}

  std::vector<Tensor> get_weights() const override { return model_.get_weights(); }
  void set_weights(const std::vector<Tensor>& weights) override { model_.set_weights(weights); }
  std::vector<std::string> weight_paths() const override;
  /// As float32 holds it, as in Keras.
  double learning_rate() const override;
  void set_learning_rate(double learning_rate) override;
  int64_t iterations() const override { return model_.optimizer().state().iterations; }
  void swap_averages() override;
  void begin_averages() override;
  void save(const std::filesystem::path& path) const override { model_.save(path); }
  void save_weights(const std::filesystem::path& path) const override { model_.save_weights(path); }
  void load_weights(const std::filesystem::path& path) override { model_.load_weights(path); }
  Json progress() const override;
  void go_on_from(const Json& progress) override;

 protected:
  Model& model_;
};

}  // namespace antler
