// Clothes instead of digits: the Debian package dataset-fashion-mnist has 60,000 pictures to train on and
// 10,000 to test with, 28 by 28 pixels, of ten kinds.
//
//   fashion_mnist [FOLDER [EPOCHS [SAMPLES]]]      /usr/share/datasets/fashion-mnist, 10 and 60000 when not
//   given
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "antler/antler.h"

using namespace antler;          // NOLINT(google-build-using-namespace): as a user's program begins
using namespace antler::layers;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* kinds[] = {"T-shirt", "trouser", "pullover", "dress", "coat",
                                 "sandal",  "shirt",   "sneaker",  "bag",   "ankle boot"};

struct Pictures {
  Tensor x;  ///< (pictures, 28, 28, 1), 0 to 255
  Tensor labels;
};

Pictures read_pictures(const std::filesystem::path& folder, const std::string& part, int64_t most) {
  const Tensor x = read_idx(folder / (part + "-images-idx3-ubyte.gz"));
  const Tensor labels = read_idx(folder / (part + "-labels-idx1-ubyte.gz"));
  std::vector<int64_t> rows(static_cast<size_t>(std::min(most, x.rows())));
  std::iota(rows.begin(), rows.end(), 0);
  return {.x = gather_rows(x, rows).reshape({static_cast<int64_t>(rows.size()), 28, 28, 1}),
          .labels = gather_rows(labels, rows)};
}

Sequential network() {
  return Sequential({Input({28, 28, 1}), Rescaling(1.0 / 255),
                     Conv2D(32, {.kernel_size = 3, .activation = "relu"}),
                     BatchNormalization({.momentum = 0.9}), MaxPooling2D(),
                     Conv2D(64, {.kernel_size = 3, .activation = "relu"}),
                     BatchNormalization({.momentum = 0.9}), MaxPooling2D(), Flatten(), Dropout(0.4),
                     Dense(128, {.activation = "relu"}), Dropout(0.4), Dense(10, {.activation = "softmax"})});
}

void run(const std::filesystem::path& folder, int epochs, int64_t samples) {
  const Pictures train = read_pictures(folder, "train", samples);
  const Pictures test = read_pictures(folder, "t10k", samples);

  set_random_seed(1);
  Sequential model = network();
  model.compile({.optimizer = "adam", .loss = "sparse_categorical_crossentropy", .metrics = {"accuracy"}});
  model.fit(train.x, train.labels, {.batch_size = 128, .epochs = epochs, .validation_split = 0.1});
  for (const auto& [name, value] : model.evaluate(test.x, test.labels, {.verbose = 0}))
    std::printf("test %s: %.4f\n", name.c_str(), value);
  model.save("fashion_mnist.keras");

  const int first = model.predict_classes(test.x)[0];
  std::printf("the first picture of the test: %s\n", kinds[first]);
}

}  // namespace

int main(int count, char** words) {
  try {
    run(count > 1 ? words[1] : "/usr/share/datasets/fashion-mnist", count > 2 ? std::stoi(words[2]) : 10,
        count > 3 ? std::stoi(words[3]) : 60000);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fashion_mnist: %s\n", error.what());
    return 1;
  }
}
