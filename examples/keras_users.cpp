// What Keras users write in Python, in C++: the code of docs/keras-users.md,
// as one program that runs. It leaves its files in the current folder.
#include <cstdio>
#include <exception>
#include <memory>

#include "antler/antler.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace {

Tensor random_tensor(const Shape& shape, uint64_t stream) {
  Tensor values(shape);
  RandomStream(1, stream).fill_uniform(values.span(), 0.0F, 1.0F);
  return values;
}

Sequential sequential() {
  Sequential model({Input({8, 8, 1}), Rescaling(1.0 / 255), Conv2D(4, {.kernel_size = 3, .padding = "same"}),
                    MinPooling2D(), Flatten()});
  model.add(Dense(10, {.activation = "softmax",
                       .kernel_regularizer = regularizers::L2(1e-4),
                       .kernel_constraint = constraints::MaxNorm({.max_value = 3})}));
  model.summary();
  return model;
}

Model functional() {
  const Symbol image = Input({8, 8, 1}, "image");
  const Symbol extra = Input({3}, "extra");
  Sequential encoder({Input({8, 8, 1}), Flatten(), Dense(6, {.activation = "relu"})}, "encoder");
  const Symbol both = Concatenate()({encoder(image), extra});
  Model model({image, extra}, {Dense(1, {.name = "price"})(both),
                               Dense(10, {.activation = "softmax", .name = "kind"})(both)});
  model.summary({.expand_nested = true});
  plot_model(model, "model.svg", {.expand_nested = true});
  return model;
}

void several_outputs(const Tensor& x, const Tensor& labels) {
  Model model = functional();
  model.compile(
      {.optimizer = AdamW({.learning_rate = CosineDecay(1e-3, 100), .clipnorm = 1.0}),
       .loss = {{"price", "mse"}, {"kind", losses::CategoricalCrossentropy({.label_smoothing = 0.1})}},
       .metrics = {{"kind", {"accuracy", metrics::TopKCategoricalAccuracy({.k = 3})}}},
       .loss_weights = {{"price", 0.5}}});
  const std::vector<Tensor> inputs = {x, random_tensor({x.rows(), 3}, 2)};
  const std::vector<Tensor> targets = {random_tensor({x.rows(), 1}, 3), labels};
  model.fit(inputs, targets, {.epochs = 1, .verbose = 2});
  const std::vector<Tensor> outputs = model.predict_outputs(inputs);
  std::printf("%zu outputs\n", outputs.size());
}

void train(Sequential& model, const Tensor& x, const Tensor& labels) {
  using namespace callbacks;  // NOLINT(google-build-using-namespace)
  model.compile({.optimizer = "adam", .loss = "categorical_crossentropy", .metrics = {"accuracy", "auc"}});
  const History history = model.fit(
      x, labels,
      {.batch_size = 8,
       .epochs = 3,
       .verbose = 2,
       .callbacks = {std::make_shared<EarlyStopping>(EarlyStoppingOptions{.patience = 5}),
                     std::make_shared<ReduceLROnPlateau>(ReduceLROnPlateauOptions{.factor = 0.5}),
                     std::make_shared<CSVLogger>("log.csv"), std::make_shared<ModelCheckpoint>("best.keras")},
       .validation_split = 0.25,
       .class_weight = {{0, 2.0}}});
  std::printf("%zu epochs\n", history["val_loss"].size());
  const callbacks::Logs scores = model.evaluate(x, labels, {.verbose = 0});
  std::printf("%s\n", scores.front().first.c_str());
}

void stream(Sequential& model, const Tensor& x, const Tensor& labels) {
  const Dataset data = Dataset::from_tensor_slices(x, labels).shuffle(32, 1).batch(8).prefetch(2);
  model.fit(data, {.epochs = 2, .verbose = 2});
  model.train_on_batch(x, labels);
}

void adapt(const Tensor& x) {
  const Layer normalization = Normalization();
  normalization.adapt(x);
  Sequential model({Input({8, 8, 1}), normalization});
  std::printf("normalized: %s\n", model.predict(x).shape().to_string().c_str());
}

void transfer(const Sequential& trained) {
  Sequential model({Input({8, 8, 1})});
  for (const Layer& layer : trained.layers()) model.add(layer);
  model.pop();
  for (Layer layer : model.layers()) layer.set_trainable(false);
  model.add(Dense(2, {.activation = "softmax", .name = "head"}));
  std::printf("%zu weights to train\n", model.trainable_weights().size());
}

void files(const Sequential& model, const Tensor& x) {
  model.save("model.keras");
  model.save("model.h5");
  model.save_weights("model.weights.h5");
  Model loaded = load_model("model.keras");
  Model rebuilt = model_from_json(model_to_json(model));
  rebuilt.load_weights("model.weights.h5");
  const bool same = rebuilt.predict(x)[0] == loaded.predict(x)[0];
  std::printf("the same predictions: %s\n", same ? "yes" : "no");
}

void run() {
  set_random_seed(42);
  const Tensor x = random_tensor({32, 8, 8, 1}, 1);
  Tensor classes({32});
  for (int64_t i = 0; i < classes.size(); ++i) classes[i] = static_cast<float>(i % 10);
  const Tensor labels = to_categorical(classes, 10);

  Sequential model = sequential();
  train(model, x, labels);
  stream(model, x, labels);
  several_outputs(x, labels);
  adapt(x);
  files(model, x);
  transfer(model);
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "keras_users: %s\n", error.what());
    return 1;
  }
}
