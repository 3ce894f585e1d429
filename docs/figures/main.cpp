// figures FOLDER: writes the figures of docs/theory to a folder that there is.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <utility>

#include "antler/core/output_file.h"
#include "antler/core/parallel.h"
#include "docs/figures/figures.h"

int main(int count, char** words) {
  constexpr std::pair<const char*, std::string (*)()> all[] = {
      {"batch-normalization.svg", figures::batch_normalization},
      {"cross-entropy.svg", figures::cross_entropy},
      {"pooling.svg", figures::pooling},
      {"rmsprop.svg", figures::rmsprop},
      {"selu.svg", figures::selu},
      {"softmax-and-sigmoid.svg", figures::softmax_and_sigmoid},
  };
  if (count != 2) {
    std::fprintf(stderr, "figures: expected one folder to write to\n");
    return 2;
  }
  try {
    antler::set_thread_count(1);  // the same figures whatever the number of processors
    for (const auto& [name, draw] : all) antler::write_file(std::filesystem::path(words[1]) / name, draw());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "figures: %s\n", error.what());
    return 1;
  }
}
