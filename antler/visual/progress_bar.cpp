#include "antler/visual/progress_bar.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "antler/visual/terminal.h"

namespace antler::visual {
namespace {

constexpr std::chrono::milliseconds redraw_interval{100};

double seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

ProgressBar::ProgressBar(int64_t steps, int verbose)
    : steps_(std::max<int64_t>(steps, 0)), verbose_(verbose), terminal_(isatty(STDOUT_FILENO) == 1) {}

ProgressBar::ProgressBar(int64_t steps, int verbose, int epoch, int epochs) : ProgressBar(steps, verbose) {
  if (verbose_ > 0 && epochs > 1) print(fmt::format("Epoch {}/{}\n", epoch + 1, epochs));
}

ProgressBar::~ProgressBar() {
  if (line_is_open_) print("\n");
}

double ProgressBar::seconds_per_step(Clock::time_point now) const {
  if (first_done_ == 0) return 0.0;
  if (done_ > first_done_) return seconds(now - first_) / static_cast<double>(done_ - first_done_);
  return seconds(now - start_);
}

Progress ProgressBar::progress(Clock::time_point now, const callbacks::Logs& logs, bool finished) const {
  return {.steps = steps_,
          .done = done_,
          .seconds = seconds(now - start_),
          .seconds_per_step = seconds_per_step(now),
          .finished = finished,
          .logs = logs};
}

void ProgressBar::draw(const Progress& progress) {
  const std::string line = bar_line(progress, true);
  const int64_t width = columns(line);
  const auto rest = static_cast<size_t>(std::max<int64_t>(drawn_columns_ - width, 0));
  print("\r" + line + std::string(rest, ' '));
  drawn_columns_ = width;
  line_is_open_ = true;
}

void ProgressBar::update(int64_t done, const callbacks::Logs& logs) {
  if (verbose_ <= 0) return;
  const Clock::time_point now = Clock::now();
  done_ = done;
  if (first_done_ == 0) {
    first_done_ = done;
    first_ = now;
  }
  const bool due = !line_is_open_ || now - drawn_ >= redraw_interval;
  if (verbose_ != 1 || !terminal_ || !due) return;
  draw(progress(now, logs, false));
  drawn_ = now;
}

void ProgressBar::finish(const callbacks::Logs& logs) {
  if (verbose_ <= 0) return;
  if (steps_ == 0) steps_ = done_;
  done_ = steps_;
  const Progress last = progress(Clock::now(), logs, true);
  if (verbose_ == 1 && terminal_) {
    draw(last);
    print("\n");
  } else {
    print((verbose_ == 1 ? bar_line(last, false) : epoch_line(last)) + "\n");
  }
  line_is_open_ = false;
}

}  // namespace antler::visual
