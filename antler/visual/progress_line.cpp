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
  const double left = progress.seconds_per_step * static_cast<double>(progress.steps - progress.done);
  const auto eta = static_cast<int64_t>(left);
  if (left > 3600) return fmt::format("{}:{:02}:{:02}", eta / 3600, eta % 3600 / 60, eta % 60);
  if (left > 60) return fmt::format("{}:{:02}", eta / 60, eta % 60);
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

std::string values(const callbacks::Logs& logs, bool (*is_plain)(double)) {
  std::string text;
  for (const auto& [name, value] : logs) {
    text += is_plain(value) ? fmt::format(" - {}: {:.4f}", name, value)
                            : fmt::format(" - {}: {:.4e}", name, value);
  }
  return text;
}

// Keras forgets the sign in the line an epoch: there negative numbers have an exponent.
bool plain_in_bar(double value) {
  return std::abs(value) > 1e-3;
}
bool plain_in_epoch_line(double value) {
  return value > 1e-3;
}

}  // namespace

std::string bar_line(const Progress& progress, bool colours) {
  if (progress.steps == 0) {
    return fmt::format("{:>7}/Unknown ", progress.done) + coloured(time_spent(progress), 1, colours) +
           step_time(progress.seconds_per_step) + values(progress.logs, plain_in_bar);
  }
  const int64_t filled = bar_width * std::clamp<int64_t>(progress.done, 0, progress.steps) / progress.steps;
  std::string line = coloured(count(progress), 1, colours) + " ";
  if (filled > 0) line += coloured(repeated("━", filled), 32, colours);
  line += coloured(repeated("━", bar_width - filled), 37, colours);
  line += fmt::format(" {}",
                      coloured(progress.finished ? time_spent(progress) : time_left(progress), 1, colours));
  return line + step_time(progress.seconds_per_step) + values(progress.logs, plain_in_bar);
}

std::string epoch_line(const Progress& progress) {
  return count(progress) + " - " + time_spent(progress) + " -" + step_time(progress.seconds_per_step) +
         values(progress.logs, plain_in_epoch_line);
}

}  // namespace antler::visual
