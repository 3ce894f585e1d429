// Reads ahead on a thread of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "antler/data/dataset.h"

namespace antler {

/// Takes batches from `next` in the background, up to `buffer_size` ahead of who takes them here. An
/// exception there is thrown here once the batches before it are taken. Its end waits for the batch that is
/// being read.
class Prefetcher {
 public:
  Prefetcher(Dataset::Next next, int64_t buffer_size);
  ~Prefetcher();
  Prefetcher(const Prefetcher&) = delete;
  Prefetcher& operator=(const Prefetcher&) = delete;

  std::optional<Batch> next();

 private:
  void read_all();
  /// False when nobody wants more.
  bool put(std::optional<Batch> batch);

  Dataset::Next next_;
  const size_t buffer_size_;
  std::mutex guard_;
  std::condition_variable changed_;
  // All below are behind `guard_`.
  std::deque<Batch> buffer_;
  bool ended_ = false;
  bool stopped_ = false;
  std::exception_ptr error_;
  // Last: it uses all of the others.
  std::thread reader_;
};

}  // namespace antler
