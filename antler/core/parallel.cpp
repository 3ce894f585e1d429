#include "antler/core/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <fstream>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/serial_loops.h"

namespace antler {
namespace {

constexpr int outside = -1;
thread_local int loop_thread = outside;  // the range's number while this thread runs a loop's body

// What a container is allowed (cgroup v2), rounded up to whole processors.
int processor_quota() {
  std::ifstream file(
      "/sys/fs/cgroup/cpu.max");  // "200000 100000": microseconds in each period; or "max 100000"
  double time = 0;
  double period = 0;
  if (!(file >> time >> period) || time <= 0 || period <= 0) return std::numeric_limits<int>::max();
  return static_cast<int>(std::min(std::ceil(time / period), 1024.0));
}

int available_processors() {
  cpu_set_t allowed;
  const bool known = sched_getaffinity(0, sizeof allowed, &allowed) == 0;
  const int count = known ? CPU_COUNT(&allowed) : static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(std::min(count, processor_quota()), 1, 1024);
}

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Waits until `value` differs from `old`: busily for some microseconds, since a training step's loops follow
// each other closely, then asleep.
void wait_for_change(const std::atomic<uint32_t>& value, uint32_t old) {
  for (int spin = 0; spin < 4000; ++spin) {
    if (value.load(std::memory_order_acquire) != old) return;
    relax();
  }
  value.wait(old, std::memory_order_acquire);
}

// A loop's ranges belong to no thread: whoever is free claims the next one. A thread that other processes
// keep from running then holds nobody up, unless in the middle of a range.
class Pool {
 public:
  explicit Pool(int threads) : threads_(threads) {
    for (int thread = 1; thread < threads; ++thread) workers_.emplace_back([this] { work(); });
  }
  ~Pool() {
    ended_ = true;
    announce();
    for (std::thread& worker : workers_) worker.join();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int threads() const { return threads_; }

  void run(int64_t count, LoopBody body) {
    const std::scoped_lock one_loop(loop_);
    body_ = &body;
    count_ = count;
    error_ = nullptr;
    pending_.store(static_cast<uint32_t>(threads_), std::memory_order_relaxed);
    unclaimed_.store(++loops_ << 32U, std::memory_order_release);
    announce();
    run_ranges();
    while (const uint32_t left = pending_.load(std::memory_order_acquire)) wait_for_change(pending_, left);
    if (error_) std::rethrow_exception(error_);
  }

 private:
  static constexpr int none = -1;

  void announce() {
    generation_.fetch_add(1, std::memory_order_release);
    generation_.notify_all();
  }

  void work() {
    for (uint32_t seen = 0;;) {
      wait_for_change(generation_, seen);
      seen = generation_.load(std::memory_order_acquire);
      if (ended_) return;
      run_ranges();
    }
  }

  // A range that nobody runs yet, or none. Whoever comes late, to a loop that has ended, finds either all of
  // them claimed or a new loop's, never the old body: the loop's number is exchanged along with the range's.
  int claim() {
    uint64_t next = unclaimed_.load(std::memory_order_acquire);
    do {
      if (static_cast<uint32_t>(next) >= static_cast<uint32_t>(threads_)) return none;
    } while (!unclaimed_.compare_exchange_weak(next, next + 1, std::memory_order_acquire));
    return static_cast<int>(static_cast<uint32_t>(next));
  }

  void run_ranges() {
    for (int range = claim(); range != none; range = claim()) {
      run_range(range);
      if (pending_.fetch_sub(1, std::memory_order_acq_rel) == 1) pending_.notify_one();
    }
  }

  void run_range(int range) {
    const int64_t begin = count_ * range / threads_;
    const int64_t end = count_ * (range + 1) / threads_;
    if (begin == end) return;
    loop_thread = range;
    try {
      (*body_)(begin, end, range);
    } catch (...) {
      const std::scoped_lock lock(error_guard_);
      if (!error_) error_ = std::current_exception();
    }
    loop_thread = outside;
  }

  const int threads_;
  std::vector<std::thread> workers_;
  std::mutex loop_;
  std::mutex error_guard_;
  std::exception_ptr error_;
  const LoopBody* body_ = nullptr;
  int64_t count_ = 0;
  uint64_t loops_ = 0;
  std::atomic<bool> ended_{false};
  std::atomic<uint32_t> generation_{0};          // what workers wait for
  std::atomic<uint64_t> unclaimed_{UINT32_MAX};  // the loop's number, and the first of its ranges not claimed
  std::atomic<uint32_t> pending_{0};             // ranges that have not ended
};

std::unique_ptr<Pool>& pool() {
  static auto instance = std::make_unique<Pool>(available_processors());
  return instance;
}

}  // namespace

SerialLoops::SerialLoops() : before_(loop_thread) {
  if (before_ == outside) loop_thread = 0;
}

SerialLoops::~SerialLoops() {
  loop_thread = before_;
}

int thread_count() {
  return pool()->threads();
}

void set_thread_count(int count) {
  if (count < 1 || count > 1024) throw Error("{} threads asked for; expected 1 to 1024", count);
  if (count != thread_count()) pool() = std::make_unique<Pool>(count);
}

void parallel_for(int64_t count, LoopBody body) {
  if (count <= 0) return;
  if (loop_thread != outside) {
    body(0, count, loop_thread);
  } else if (count == 1 || thread_count() == 1) {
    body(0, count, 0);
  } else {
    pool()->run(count, body);
  }
}

}  // namespace antler
