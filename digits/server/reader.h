// Predictions for visitors who come at the same time.
#pragma once

#include <array>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "antler/core/json.h"
#include "antler/models/model.h"

namespace antler::digits::server {

using Probabilities = std::array<float, 10>;

/// Networks that read together, and the one thread that runs them: whoever comes while it is busy is read
/// together with all who wait by then, in one batch. All members may be called from any thread.
class Reader {
 public:
  /// `models` are digit readers, one at least: see load_digit_models().
  explicit Reader(std::vector<Model> models);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Of one image, (28, 28, 1). Waits for the answer.
  Probabilities read(const Tensor& image);
  /// What each layer of the first one sees: see feature_maps.h.
  Json layers(const Tensor& image);

 private:
  struct Question {
    Tensor image;
    std::promise<Probabilities> answer;
  };
  struct LayersQuestion {
    Tensor image;
    std::promise<Json> answer;
  };

  void work();
  void answer(std::vector<Question>& questions);
  void answer(LayersQuestion& question);

  std::vector<Model> models_;
  Model all_layers_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::vector<Question> waiting_;
  std::vector<LayersQuestion> waiting_for_layers_;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace antler::digits::server
