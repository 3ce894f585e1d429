// Lesson 05: handwritten digits with a convolutional network of 20 layers, from Kaggle's train.csv to a
// submission.
//
//   lesson05 [TRAIN_CSV [TEST_CSV [EPOCHS]]]      train.csv, test.csv and 50 when not given
//
// Leaves cnn_net_model.h5 and mnist_output.csv in the current folder.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "antler/antler.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace {

constexpr int64_t pixels = int64_t{28} * 28;

Tensor shuffle(const Tensor& table) {
  const std::vector<int64_t> order =
      RandomStream(random_seed(), stream_of("lesson")).permutation(table.rows());
  return gather_rows(table, order);
}

// The last 784 columns as images of 0 to 1, (rows, 28, 28, 1).
Tensor images(const Tensor& table) {
  const int64_t columns = table.shape()[1];
  if (columns < pixels) throw Error("there are {} columns; expected at least {} of pixels", columns, pixels);
  Tensor x = Tensor::uninitialized({table.rows(), 28, 28, 1});
  for (int64_t row = 0; row < table.rows(); ++row) {
    const float* from = table.data() + (row + 1) * columns - pixels;
    std::transform(from, from + pixels, x.data() + row * pixels, [](float grey) { return grey / 255.0F; });
  }
  return x;
}

// The first column, as one-hot rows, (rows, 10).
Tensor one_hot_labels(const Tensor& table) {
  Tensor labels = Tensor::uninitialized({table.rows()});
  for (int64_t row = 0; row < table.rows(); ++row) labels[row] = table[row * table.shape()[1]];
  return to_categorical(labels, 10);
}

Sequential make_net() {
  Sequential net;
  net.add(Conv2D(32, {.kernel_size = {3, 3}, .strides = {1, 1}, .input_shape = {28, 28, 1}}));
  net.add(Activation("relu"));
  net.add(BatchNormalization({.axis = 1, .epsilon = 1e-6}));
  net.add(MaxPool2D({.pool_size = {2, 2}}));
  net.add(ZeroPadding2D({.padding = {1, 1}}));

  net.add(Conv2D(48, {.kernel_size = {3, 3}}));
  net.add(Activation("relu"));
  net.add(BatchNormalization({.axis = 1, .epsilon = 1e-6}));
  net.add(MaxPool2D({.pool_size = {2, 2}}));
  net.add(ZeroPadding2D({.padding = {1, 1}}));

  net.add(Conv2D(64, {.kernel_size = {2, 2}}));
  net.add(Activation("relu"));
  net.add(BatchNormalization({.axis = 1, .epsilon = 1e-6}));
  net.add(MaxPool2D({.pool_size = {2, 2}}));

  net.add(Dropout(0.25));
  net.add(Flatten());
  net.add(Dense(3168));
  net.add(Activation("relu"));
  net.add(Dense(10));
  net.add(Activation("softmax"));
  return net;
}

void write_submission(const std::vector<int>& labels, const std::string& path) {
  std::string text = "ImageId,Label\n";
  for (size_t i = 0; i < labels.size(); ++i) {
    text += std::to_string(i + 1) + ',' + std::to_string(labels[i]) + '\n';
  }
  write_file(path, text);
}

void lesson(const std::string& train_csv, const std::string& test_csv, int epochs) {
  const Tensor train = shuffle(read_csv(train_csv).values);
  const Tensor x = images(train);
  const Tensor y = one_hot_labels(train);

  Sequential net = make_net();
  net.compile({.optimizer = RMSprop(), .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  net.summary();
  net.fit(x, y, {.batch_size = 64, .epochs = epochs, .verbose = 1, .validation_split = 0.2});
  net.save("cnn_net_model.h5");

  Model loaded = load_model("cnn_net_model.h5");
  const Tensor test = images(read_csv(test_csv).values);
  write_submission(loaded.predict_classes(test, {.batch_size = 32, .verbose = 1}), "mnist_output.csv");
}

int to_number(std::string_view word) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size() || number < 1) {
    throw Error("'{}' is no number of epochs; expected 1 or more", word);
  }
  return number;
}

}  // namespace

int main(int count, char** words) {
  try {
    lesson(count > 1 ? words[1] : "train.csv", count > 2 ? words[2] : "test.csv",
           count > 3 ? to_number(words[3]) : 50);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lesson05: %s\n", error.what());
    return 1;
  }
}
