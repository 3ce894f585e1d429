// A model for callbacks to act on, which only remembers what they did.
#pragma once

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

class FakeModel : public TrainedModel {
 public:
  std::vector<Tensor> get_weights() const override { return {Tensor({1}, weight)}; }
  void set_weights(const std::vector<Tensor>& weights) override { weight = weights.at(0)[0]; }
  std::vector<std::string> weight_paths() const override { return {"dense/kernel"}; }
  double learning_rate() const override { return rate; }
  void set_learning_rate(double learning_rate) override { rate = static_cast<float>(learning_rate); }
  int64_t iterations() const override { return updates; }
  void swap_averages() override { std::swap(weight, average); }
  void begin_averages() override { average = weight; }
  void save(const std::filesystem::path& path) const override { write(path, "model"); }
  void save_weights(const std::filesystem::path& path) const override { write(path, std::to_string(weight)); }
  void load_weights(const std::filesystem::path& path) override {
    std::ifstream(path) >> weight;
    updates = static_cast<int64_t>(weight);
  }
  Json progress() const override { return {{"epoch", updates}}; }
  void go_on_from(const Json& progress) override { resumed = progress; }

  float weight = 0.0F;
  float average = 0.0F;
  float rate = 0.1F;
  int64_t updates = 0;
  Json resumed;
  mutable std::vector<std::string> saved;

 private:
  void write(const std::filesystem::path& path, const std::string& text) const {
    saved.push_back(path.filename().string());
    std::ofstream(path) << text;
  }
};

/// Trains the model for as many epochs as there are values of `name`, one update each that makes the weight
/// the epoch's number from 1; returns the epochs' logs as the callback left them.
inline std::vector<Logs> train(Callback& callback, FakeModel& model, const std::string& name,
                               const std::vector<double>& values) {
  Run run{.epochs = static_cast<int>(values.size()), .steps = 1, .model = &model};
  std::vector<Logs> all;
  callback.on_train_begin(run);
  for (int epoch = 0; epoch < run.epochs && !run.stop_training; ++epoch) {
    callback.on_epoch_begin(run, epoch);
    callback.on_train_batch_begin(run, 0);
    model.weight = static_cast<float>(++model.updates);
    Logs logs{{"accuracy", 0.5}, {"loss", 1.0}, {name, values[static_cast<size_t>(epoch)]}};
    callback.on_train_batch_end(run, 0, logs);
    callback.on_epoch_end(run, epoch, logs);
    all.push_back(logs);
  }
  callback.on_train_end(run, all.empty() ? Logs{} : all.back());
  return all;
}

}  // namespace antler::callbacks
