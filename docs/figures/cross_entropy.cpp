// One network by cross-entropy and by mean squared error: from Keras's usual start, and from one that is sure
// of the wrong answers.
#include "docs/figures/figures.h"
#include "docs/figures/spirals.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace figures {
namespace {

// The three scores start around `bias`, (bias, 0, 0): a large one makes the network sure of the first class.
std::vector<double> accuracy_of(const std::string& loss, float bias) {
  set_random_seed(1);
  Layer last = Dense(3);
  Sequential net({Input({2}), Dense(64, {.activation = "relu"}), Dense(64, {.activation = "relu"}), last,
                  Activation("softmax")});
  std::vector<Tensor> weights = last.get_weights();
  weights[1][0] = bias;
  last.set_weights(weights);
  net.compile(
      {.optimizer = SGD({.learning_rate = 0.1F, .momentum = 0.9F}), .loss = loss, .metrics = {"accuracy"}});
  const Points points = spirals();
  return net.fit(points.x, points.y, {.epochs = 60, .verbose = 0})["accuracy"];
}

visual::Chart chart_of(const std::string& title, float bias) {
  return {.title = title,
          .x_label = "epoch",
          .y_label = "accuracy",
          .series = {by_epoch("cross-entropy", accuracy_of("categorical_crossentropy", bias)),
                     by_epoch("mean squared error", accuracy_of("mean_squared_error", bias))}};
}

}  // namespace

std::string cross_entropy() {
  return visual::svg(
      {chart_of("From the usual start", 0.0F), chart_of("From being sure of the wrong class", 8.0F)});
}

}  // namespace figures
