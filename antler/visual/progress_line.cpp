#include "antler/visual/progress_line.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace antler::visual {
namespace {

constexpr int64_t bar_width = 20;

std::string repeated(const std::string& text, int64_t times) {
  std::string all;
  for (int64_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string coloured(const std::string& text, int code, bool colours) {
  return colours ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}

std::string count(const Progress& progress) {
  const size_t digits = std::to_string(progress.steps).size();
  return fmt::format("{:>{}}/{}", progress.done, digits, progress.steps);
}

std::string time_left(const Progress& progress) {
  const auto eta =
      static_cast<int64_t>(progress.seconds_per_step * static_cast<double>(progress.steps - progress.done));
  if (eta > 3600) return fmt::format("{}:{:02}:{:02}", eta / 3600, eta % 3600 / 60, eta % 60);
  if (eta > 60) return fmt::format("{}:{:02}", eta / 60, eta % 60);
  return fmt::format("{}s", eta);
}

std::string time_spent(const Progress& progress) {
  return fmt::format("{:.0f}s", progress.seconds);
}

std::string step_time(double seconds) {
  if (seconds >= 1.0 || seconds == 0.0) return fmt::format(" {:.0f}s/step", seconds);
  if (seconds >= 1e-3) return fmt::format(" {:.0f}ms/step", seconds * 1e3);
  return fmt::format(" {:.0f}us/step", seconds * 1e6);
}

std::string values(const callbacks::Logs& logs) {
  std::string text;
  for (const auto& [name, value] : logs) {
    text += std::abs(value) > 1e-3 ? fmt::format(" - {}: {:.4f}", name, value)
                                   : fmt::format(" - {}: {:.4e}", name, value);
  }
  return text;
}

}  // namespace

std::string bar_line(const Progress& progress, bool colours) {
  const int64_t filled = bar_width * std::clamp<int64_t>(progress.done, 0, progress.steps) / progress.steps;
  std::string line = coloured(count(progress), 1, colours) + " ";
  if (filled > 0) line += coloured(repeated("━", filled), 32, colours);
  line += coloured(repeated("━", bar_width - filled), 37, colours);
  line += " " + coloured(progress.finished ? time_spent(progress) : time_left(progress), 1, colours);
  return line + step_time(progress.seconds_per_step) + values(progress.logs);
}

std::string epoch_line(const Progress& progress) {
  return count(progress) + " - " + time_spent(progress) + " -" + step_time(progress.seconds_per_step) +
         values(progress.logs);
}

int64_t columns(const std::string& text) {
  int64_t count = 0;
  bool in_sequence = false;
  for (char c : text) {
    if (c == '\x1b') in_sequence = true;
    // A byte 10xxxxxx continues a UTF-8 character that has been counted.
    if (!in_sequence && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
    if (c == 'm') in_sequence = false;
  }
  return count;
}

}  // namespace antler::visual
