#include "antler/callbacks/event_file.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <vector>

#include "antler/callbacks/protobuf.h"
#include "antler/core/error.h"

namespace antler::callbacks {
namespace {

constexpr std::array<uint32_t, 256> crc32c_table = [] {
  std::array<uint32_t, 256> table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0x82F63B78U : 0U);
    table[byte] = crc;
  }
  return table;
}();

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// TensorFlow's pattern: seconds, host, process, and a number that tells files of one process apart.
std::string file_name() {
  static std::atomic<int> files = 0;
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return fmt::format("events.out.tfevents.{:010}.{}.{}.{}.v2", static_cast<int64_t>(now()), host.data(),
                     getpid(), files++);
}

// Fields of tensor.proto, tensor_shape.proto and types.proto.
Message scalar_tensor(float value) {
  return Message()
      .add_integer(1, 1)  // dtype: DT_FLOAT
      .add_message(2, {})
      .add_bytes(5, little_endian(std::bit_cast<uint32_t>(value), 4));  // float_val
}

Message matrix_tensor(std::span<const double> values, int64_t columns) {
  const auto rows = static_cast<int64_t>(values.size()) / columns;
  Message shape;
  for (const int64_t extent : {rows, columns}) shape.add_message(2, Message().add_integer(1, extent));
  std::string content;
  for (const double value : values) content += little_endian(value);
  return Message()
      .add_integer(1, 2)  // dtype: DT_DOUBLE
      .add_message(2, shape)
      .add_bytes(4, content);  // tensor_content
}

// Fields of event.proto and summary.proto.
Message event_of(const std::string& tag, const std::string& plugin, const Message& tensor, int64_t step) {
  const Message metadata = Message().add_message(1, Message().add_bytes(1, plugin));
  const Message value = Message().add_bytes(1, tag).add_message(8, tensor).add_message(9, metadata);
  return Message().add_double(1, now()).add_integer(2, step).add_message(5, Message().add_message(1, value));
}

// (left, right, count) of each range; where all values are one, the ranges stand closely around it.
std::vector<double> ranges_of(std::span<const float> values) {
  constexpr int ranges = 30;
  if (values.empty()) return {};
  const auto [low, high] = std::ranges::minmax_element(values);
  const double begin = *low == *high ? *low - 0.5 : *low;
  const double width = *low == *high ? 1.0 / ranges : (double{*high} - begin) / ranges;
  std::vector<double> rows(size_t{3} * ranges);
  for (int i = 0; i < ranges; ++i) {
    rows[static_cast<size_t>(3 * i)] = begin + i * width;
    rows[static_cast<size_t>(3 * i + 1)] = begin + (i + 1) * width;
  }
  for (const float value : values) {
    const double place = (double{value} - begin) / width;
    if (!(place >= 0.0)) continue;  // not a number
    ++rows[3 * static_cast<size_t>(std::min(place, ranges - 1.0)) + 2];
  }
  return rows;
}

}  // namespace

uint32_t masked_crc32c(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) crc = crc32c_table[(crc ^ static_cast<uint8_t>(byte)) & 0xFFU] ^ (crc >> 8);
  crc = ~crc;
  return ((crc >> 15) | (crc << 17)) + 0xA282EAD8U;
}

EventFile::EventFile(const std::filesystem::path& folder) : path_(folder / file_name()) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  file_.open(path_, std::ios::binary);
  if (error || !file_) throw Error("{}: cannot be written", path_.string());
  write_record(Message().add_double(1, now()).add_bytes(3, "brain.Event:2").bytes());  // file_version
}

void EventFile::write_record(const std::string& data) {
  const std::string length = little_endian(data.size(), 8);
  file_ << length << little_endian(masked_crc32c(length), 4) << data << little_endian(masked_crc32c(data), 4);
  if (!file_) throw Error("{}: cannot be written", path_.string());
}

void EventFile::scalar(const std::string& tag, double value, int64_t step) {
  write_record(event_of(tag, "scalars", scalar_tensor(static_cast<float>(value)), step).bytes());
}

void EventFile::histogram(const std::string& tag, std::span<const float> values, int64_t step) {
  write_record(event_of(tag, "histograms", matrix_tensor(ranges_of(values), 3), step).bytes());
}

void EventFile::flush() {
  file_.flush();
  if (!file_) throw Error("{}: cannot be written", path_.string());
}

}  // namespace antler::callbacks
