// make_reader FOLDER: writes reader.h5, a small network that reads what written_digits() writes, and
// digits.csv, other such digits with their labels.
#include <fmt/core.h>

#include <filesystem>

#include "antler/antler.h"
#include "digits/handwriting.h"
#include "digits/write.h"

int main(int count, char** words) {
  using namespace antler;
  using namespace antler::layers;
  if (count != 2) return 2;
  const std::filesystem::path folder = words[1];
  const digits::Digits digits = digits::written_digits(2000, 1);
  digits::write_csv({.output = folder / "digits.csv", .count = 2000, .seed = 2});
  Sequential net;
  net.set_seed(1);
  net.add(Conv2D(16, {.kernel_size = {3, 3}, .activation = "relu", .input_shape = {28, 28, 1}}));
  net.add(MaxPool2D());
  net.add(Conv2D(32, {.kernel_size = {3, 3}, .activation = "relu"}));
  net.add(MaxPool2D());
  net.add(Flatten());
  net.add(Dropout(0.3));
  net.add(Dense(10, {.activation = "softmax"}));
  net.compile({.optimizer = "adam", .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  const History history = net.fit(digits.images, to_categorical(digits.labels, 10),
                                  {.batch_size = 32, .epochs = 4, .verbose = 0, .validation_split = 0.1});
  net.save(folder / "reader.h5");
  fmt::print("validation accuracy {:.3f}\n", history["val_accuracy"].back());
  return 0;
}
