// The same network by plain gradient descent and by RMSprop, at the same learning rates.
#include "docs/figures/figures.h"
#include "docs/figures/spirals.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace figures {
namespace {

std::vector<double> losses_of(const optimizers::Optimizer& optimizer) {
  set_random_seed(1);
  Sequential net({Input({2}), Dense(64, {.activation = "relu"}), Dense(64, {.activation = "relu"}),
                  Dense(3, {.activation = "softmax"})});
  net.compile({.optimizer = optimizer, .loss = "categorical_crossentropy"});
  const Points points = spirals();
  return net.fit(points.x, points.y, {.epochs = 100, .verbose = 0})["loss"];
}

}  // namespace

std::string rmsprop() {
  return visual::svg({{.title = "Three spirals, learnt by three rules",
                       .x_label = "epoch",
                       .y_label = "loss",
                       .series = {by_epoch("SGD, 0.01", losses_of(SGD({.learning_rate = 0.01F}))),
                                  by_epoch("SGD, 0.1", losses_of(SGD({.learning_rate = 0.1F}))),
                                  by_epoch("RMSprop, 0.001", losses_of(RMSprop()))}}});
}

}  // namespace figures
