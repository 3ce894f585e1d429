// Model files as an enemy, or a broken disk, would leave them.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <cstring>
#include <functional>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/layers/input.h"
#include "antler/layers/registry.h"
#include "antler/models/sequential.h"
#include "antler/saving/legacy_h5.h"
#include "antler/saving/saving.h"
#include "tests/core/temporary_folder.h"

namespace antler {
namespace {

layers::Layer layer(const std::string& class_name, const Json& config = Json::object()) {
  return layers::layer_from_config(class_name, config);
}

// A compiled model's file, with an optimizer's state in it.
std::string model_file() {
  Sequential model({layers::Input({4, 4, 1}), layer("Conv2D", {{"filters", 2}, {"kernel_size", {2, 2}}}),
                    layer("BatchNormalization"), layer("Flatten"), layer("Dense", {{"units", 3}})},
                   "small");
  model.compile({.optimizer = "adam", .loss = "mean_squared_error"});
  for (int slot = 0; slot < 2; ++slot) {
    std::vector<Tensor> values;
    for (const layers::Weight* weight : model.trainable_weights()) values.emplace_back(weight->value.shape());
    model.optimizer().state().slots.push_back(std::move(values));
  }
  return saving::legacy_h5_bytes(model);
}

int64_t peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss >> 10;
}

using Mutation = std::function<void(std::string& bytes, const RandomStream& random)>;

// Loads the model file `times` times, each time changed otherwise: what comes of it is a model or an Error.
void expect_a_model_or_an_error(int times, const Mutation& change) {
  constexpr int64_t bound = 1024;  // sanitizers keep what was freed for a while
  const TemporaryFolder folder;
  const std::string whole = model_file();
  const int64_t before = peak_megabytes();
  for (int time = 0; time < times; ++time) {
    std::string bytes = whole;
    change(bytes, RandomStream(42, stream_of("hostile"), static_cast<uint64_t>(time)));
    folder.write("model.h5", bytes);
    try {
      load_model(folder / "model.h5");
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).find("cannot allocate"), std::string::npos) << error.what();
    }
  }
  EXPECT_LT(peak_megabytes() - before, bound);
}

size_t place(const std::string& bytes, uint32_t random, size_t width = 1) {
  return random % (bytes.size() / width) * width;
}

TEST(HostileH5, CutShortAnywhereIsAModelOrAnError) {
  expect_a_model_or_an_error(150, [](std::string& bytes, const RandomStream& random) {
    bytes.resize(place(bytes, random.bits(0)));
  });
}

TEST(HostileH5, WithFlippedBytesIsAModelOrAnError) {
  expect_a_model_or_an_error(400, [](std::string& bytes, const RandomStream& random) {
    const uint32_t flips = 1 + random.bits(0) % 8;
    for (uint32_t flip = 1; flip <= flips; ++flip) {
      char& byte = bytes[place(bytes, random.bits(2 * flip))];
      byte = static_cast<char>(byte ^ static_cast<char>(1 + random.bits(2 * flip + 1) % 255));
    }
  });
}

TEST(HostileH5, WithOtherAddressesAndSizesIsAModelOrAnError) {
  expect_a_model_or_an_error(400, [](std::string& bytes, const RandomStream& random) {
    const std::array<uint64_t, 8> words = {
        0, 1, 96, UINT32_MAX, UINT64_MAX, uint64_t{1} << 40, INT64_MAX, place(bytes, random.bits(1), 8)};
    const uint64_t word = words[random.bits(0) % words.size()];
    std::memcpy(&bytes[place(bytes, random.bits(2), sizeof word)], &word, sizeof word);
  });
}

TEST(HostileH5, WithOtherCountsAndWidthsIsAModelOrAnError) {
  expect_a_model_or_an_error(400, [](std::string& bytes, const RandomStream& random) {
    const auto count = static_cast<uint16_t>(random.bits(0) >> random.bits(1) % 16);
    std::memcpy(&bytes[place(bytes, random.bits(2), sizeof count)], &count, sizeof count);
  });
}

TEST(HostileH5, WithPartsOfItselfInOtherPlacesIsAModelOrAnError) {
  expect_a_model_or_an_error(200, [](std::string& bytes, const RandomStream& random) {
    const size_t from = place(bytes, random.bits(0), 8);
    const size_t to = place(bytes, random.bits(1), 8);
    const size_t length = std::min<size_t>(8 + random.bits(2) % 512, bytes.size() - std::max(from, to));
    std::memmove(&bytes[to], &bytes[from], length);
  });
}

}  // namespace
}  // namespace antler
