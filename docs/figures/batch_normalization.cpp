// A deep network with and without batch normalisation, at a small and at a large learning rate.
#include "docs/figures/figures.h"
#include "docs/figures/spirals.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace figures {
namespace {

Sequential network(bool normalized) {
  Sequential net({Input({2})});
  for (int depth = 0; depth < 8; ++depth) {
    net.add(Dense(32));
    if (normalized) net.add(BatchNormalization());
    net.add(Activation("relu"));
  }
  net.add(Dense(3, {.activation = "softmax"}));
  return net;
}

visual::Chart at(float learning_rate, const std::string& title) {
  visual::Chart chart{.title = title, .x_label = "epoch", .y_label = "loss", .series = {}};
  const Points points = spirals();
  for (bool normalized : {false, true}) {
    set_random_seed(1);
    Sequential net = network(normalized);
    net.compile({.optimizer = SGD({.learning_rate = learning_rate}), .loss = "categorical_crossentropy"});
    const History history = net.fit(points.x, points.y, {.epochs = 60, .verbose = 0});
    chart.series.push_back(by_epoch(normalized ? "with batch normalisation" : "without", history["loss"]));
  }
  return chart;
}

}  // namespace

std::string batch_normalization() {
  return visual::svg({at(0.01F, "SGD, learning rate 0.01"), at(0.1F, "SGD, learning rate 0.1")});
}

}  // namespace figures
