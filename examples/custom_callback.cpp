// A callback of one's own: draws the loss of each epoch as a bar, and ends training once it falls below a
// goal.
#include <cstdio>
#include <exception>
#include <memory>
#include <string>

#include "antler/antler.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace {

class StopAtGoal : public callbacks::Callback {
 public:
  explicit StopAtGoal(double goal) : goal_(goal) {}

  void on_epoch_end(callbacks::Run& run, int epoch, callbacks::Logs& logs) override {
    for (const auto& [name, value] : logs) {
      if (name != "loss") continue;
      std::printf("%3d %s %.4f\n", epoch + 1, std::string(static_cast<size_t>(40 * value), '#').c_str(),
                  value);
      run.stop_training = value < goal_;
    }
  }

 private:
  double goal_;
};

// y = 2 a - b, which a single neuron can learn.
void run() {
  set_random_seed(1);
  Tensor x({64, 2});
  RandomStream(1, stream_of("x")).fill_uniform(x.span(), 0.0F, 1.0F);
  Tensor y({64, 1});
  for (int64_t i = 0; i < 64; ++i) y[i] = 2.0F * x[2 * i] - x[2 * i + 1];

  Sequential model({Input({2}), Dense(1)});
  model.compile({.optimizer = SGD({.learning_rate = 0.1F}), .loss = "mse"});
  const History history =
      model.fit(x, y, {.epochs = 1000, .verbose = 0, .callbacks = {std::make_shared<StopAtGoal>(0.001)}});
  std::printf("below the goal after %zu epochs\n", history.epoch.size());
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "custom_callback: %s\n", error.what());
    return 1;
  }
}
