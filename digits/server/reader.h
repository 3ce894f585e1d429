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

/// A network and the one thread that runs it: whoever comes while it is busy is read together with all who
/// wait by then, in one batch. All members may be called from any thread.
class Reader {
 public:
  /// `model` is a digit reader: see load_digit_model().
  explicit Reader(Model model);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Of one image, (28, 28, 1). Waits for the answer.
  Probabilities read(const Tensor& image);
  /// What each layer sees: see feature_maps.h.
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

  Model model_;
  Model all_layers_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::vector<Question> waiting_;
  std::vector<LayersQuestion> waiting_for_layers_;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace antler::digits::server
