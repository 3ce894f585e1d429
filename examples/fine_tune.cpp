// Takes a trained Keras model, replaces its last layer by one for other classes, trains that alone, then all
// of it slowly, and gives the model back to Keras.
//
//   fine_tune MODEL X.npy Y.npy OUT.keras     MODEL is a Sequential, Y.npy has a column for each class
#include <cstdio>
#include <exception>

#include "antler/antler.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace {

void train(Sequential& model, const Tensor& x, const Tensor& y, float learning_rate) {
  model.compile({.optimizer = Adam({.learning_rate = learning_rate}),
                 .loss = "categorical_crossentropy",
                 .metrics = {"accuracy"}});
  model.fit(x, y, {.epochs = 5, .verbose = 2});
}

void fine_tune(const char* from, const char* x_file, const char* y_file, const char* to) {
  const Model trained = load_model(from);
  const Tensor x = read_npy(x_file);
  const Tensor y = read_npy(y_file);

  Sequential model;
  for (const Layer& layer : trained.layers()) model.add(layer);
  model.pop();
  for (Layer layer : model.layers()) layer.set_trainable(false);
  model.add(Dense(y.shape()[1], {.activation = "softmax", .name = "new_classes"}));
  train(model, x, y, 1e-3F);

  for (Layer layer : model.layers()) layer.set_trainable(true);
  train(model, x, y, 1e-5F);
  model.save(to);
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::fprintf(stderr, "fine_tune: expected MODEL, X.npy, Y.npy and OUT.keras\n");
    return 2;
  }
  try {
    fine_tune(words[1], words[2], words[3], words[4]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fine_tune: %s\n", error.what());
    return 1;
  }
}
