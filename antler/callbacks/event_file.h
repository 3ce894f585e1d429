// Files that TensorBoard reads: TFRecords of Event messages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

namespace antler::callbacks {

/// A new "events.out.tfevents...." file in a folder, as TensorFlow 2 writes it: scalars and histograms as
/// tensors under the name of their plugin.
class EventFile {
 public:
  /// Makes the folder where it is missing. Throws Error when the file cannot be written; so do all others.
  explicit EventFile(const std::filesystem::path& folder);

  void scalar(const std::string& tag, double value, int64_t step);
  /// How `values` spread over 30 ranges of equal width.
  void histogram(const std::string& tag, std::span<const float> values, int64_t step);
  /// Hands what was written to the operating system, so that a TensorBoard sees it.
  void flush();

 private:
  void write_record(const std::string& data);

  std::filesystem::path path_;
  std::ofstream file_;
};

/// CRC-32C (Castagnoli) of the bytes, turned and shifted as TFRecords hold it.
uint32_t masked_crc32c(std::string_view bytes);

}  // namespace antler::callbacks
