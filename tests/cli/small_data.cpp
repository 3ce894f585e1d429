#include "tests/cli/small_data.h"

#include <fmt/core.h>

#include "antler/core/random.h"

namespace antler {

std::string digit_header(bool labelled) {
  std::string line = labelled ? "label," : "";
  for (int pixel = 0; pixel < 784; ++pixel) line += fmt::format("{}pixel{}", pixel > 0 ? "," : "", pixel);
  return line + "\n";
}

std::string digit_rows(int64_t count, bool labelled) {
  const RandomStream noise(1, 1);
  std::string rows;
  for (int64_t row = 0; row < count; ++row) {
    const int64_t digit = row % 10;
    if (labelled) rows += fmt::format("{},", digit);
    for (int64_t pixel = 0; pixel < 784; ++pixel) {
      const bool bright = pixel / 28 / 2 == digit + 2;
      const auto ground = static_cast<int>(noise.bits(static_cast<uint64_t>(row * 784 + pixel)) % 60);
      rows += fmt::format("{}{}", pixel > 0 ? "," : "", bright ? 255 - ground : ground);
    }
    rows += '\n';
  }
  return rows;
}

Sequential small_classifier(const Shape& image, int64_t classes) {
  Sequential net;
  net.set_seed(7);
  net.add(layers::Input(image));
  net.add(layers::Flatten());
  net.add(layers::Dense(classes));
  net.add(layers::Activation("softmax"));
  net.compile({.optimizer = "rmsprop", .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  return net;
}

void write_digit_reader(const TemporaryFolder& folder, const std::string& name) {
  small_classifier({28, 28, 1}, 10).save(folder / name);
}

}  // namespace antler
