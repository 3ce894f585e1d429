// A functional model: two branches look at one image with windows of different sizes, a shortcut goes past
// both, and two outputs tell the digit and how much ink there is.
#include <cstdio>
#include <exception>
#include <vector>

#include "antler/antler.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace {

Model branching_model() {
  const Symbol image = Input({28, 28, 1}, "image");
  const Symbol fine = Conv2D(8, {.kernel_size = 3, .padding = "same", .activation = "relu"})(image);
  const Symbol coarse = Conv2D(8, {.kernel_size = 7, .padding = "same", .activation = "relu"})(image);
  const Symbol both = Concatenate()({fine, coarse, image});
  const Symbol features = Flatten()(MaxPooling2D({.pool_size = 4})(both));
  return Model({image}, {Dense(10, {.activation = "softmax", .name = "digit"})(features),
                         Dense(1, {.name = "ink"})(features)});
}

void run() {
  set_random_seed(1);
  Tensor images({64, 28, 28, 1});
  Tensor digits({64, 10});
  Tensor ink({64, 1});
  for (int64_t i = 0; i < 64; ++i) {  // a bar whose height tells the digit, and its width the ink
    digits[10 * i + i % 10] = 1.0F;
    for (int64_t column = 0; column <= i % 28; ++column) images[(i * 28 + 2 * (i % 10)) * 28 + column] = 1.0F;
    ink[i] = static_cast<float>(i % 28 + 1) / 28.0F;
  }

  Model model = branching_model();
  model.compile({.optimizer = "adam",
                 .loss = {{"digit", "categorical_crossentropy"}, {"ink", "mse"}},
                 .metrics = {{"digit", {"accuracy"}}}});
  model.summary();
  const std::vector<Tensor> targets{digits, ink};
  model.fit(images, targets, {.batch_size = 8, .epochs = 3, .verbose = 2});
  plot_model(model, "branches.svg");
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "branches: %s\n", error.what());
    return 1;
  }
}
