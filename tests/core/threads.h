// A number of threads for a while.
#pragma once

#include "antler/core/parallel.h"

namespace antler {

/// On as many threads as are asked for, until it goes.
class Threads {
 public:
  explicit Threads(int count) : before_(thread_count()) { set_thread_count(count); }
  ~Threads() { set_thread_count(before_); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

 private:
  int before_;
};

}  // namespace antler
