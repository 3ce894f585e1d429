// Digits that a program writes, as a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace antler::digits {

struct WriteCsvOptions {
  /// Laid out as Kaggle's train.csv.
  std::filesystem::path output = "written_digits.csv";
  int64_t count = 10000;
  /// The same seed gives the same digits; fresh where there is none.
  std::optional<uint64_t> seed = {};
};

/// Writes written_digits(). Gives the seed. Throws Error when the file cannot be written.
uint64_t write_csv(const WriteCsvOptions& options);

}  // namespace antler::digits
