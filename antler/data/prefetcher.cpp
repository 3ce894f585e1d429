#include "antler/data/prefetcher.h"

#include <utility>

#include "antler/core/serial_loops.h"

namespace antler {

Prefetcher::Prefetcher(Dataset::Next next, int64_t buffer_size)
    : next_(std::move(next)),
      buffer_size_(static_cast<size_t>(buffer_size)),
      reader_([this] { read_all(); }) {}

Prefetcher::~Prefetcher() {
  {
    const std::scoped_lock lock(guard_);
    stopped_ = true;
  }
  changed_.notify_all();
  reader_.join();
}

void Prefetcher::read_all() {
  const SerialLoops serial;
  try {
    while (put(next_())) {
    }
  } catch (...) {
    const std::scoped_lock lock(guard_);
    error_ = std::current_exception();
    ended_ = true;
  }
  changed_.notify_all();
}

bool Prefetcher::put(std::optional<Batch> batch) {
  std::unique_lock lock(guard_);
  changed_.wait(lock, [this] { return stopped_ || buffer_.size() < buffer_size_; });
  if (batch && !stopped_) {
    buffer_.push_back(std::move(*batch));
  } else {
    ended_ = true;
  }
  const bool more = !ended_;
  lock.unlock();
  changed_.notify_all();
  return more;
}

std::optional<Batch> Prefetcher::next() {
  std::unique_lock lock(guard_);
  changed_.wait(lock, [this] { return ended_ || !buffer_.empty(); });
  if (buffer_.empty()) {
    if (error_) std::rethrow_exception(error_);
    return std::nullopt;
  }
  Batch batch = std::move(buffer_.front());
  buffer_.pop_front();
  lock.unlock();
  changed_.notify_all();
  return batch;
}

}  // namespace antler
