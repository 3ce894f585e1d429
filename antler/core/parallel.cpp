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
thread_local int loop_thread = outside;  // this thread's number while it runs a loop's body

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

class Pool {
 public:
  explicit Pool(int threads) : threads_(threads) {
    for (int thread = 1; thread < threads; ++thread) workers_.emplace_back([this, thread] { work(thread); });
  }
  ~Pool() {
    body_ = nullptr;
    start();
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
    pending_.store(static_cast<uint32_t>(workers_.size()), std::memory_order_relaxed);
    start();
    run_range(0);
    while (const uint32_t left = pending_.load(std::memory_order_acquire)) wait_for_change(pending_, left);
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void start() {
    generation_.fetch_add(1, std::memory_order_release);
    generation_.notify_all();
  }

  void work(int thread) {
    for (uint32_t seen = 0;;) {
      wait_for_change(generation_, seen);
      ++seen;
      if (body_ == nullptr) return;
      run_range(thread);
      if (pending_.fetch_sub(1, std::memory_order_acq_rel) == 1) pending_.notify_one();
    }
  }

  void run_range(int thread) {
    const int64_t begin = count_ * thread / threads_;
    const int64_t end = count_ * (thread + 1) / threads_;
    if (begin == end) return;
    loop_thread = thread;
    try {
      (*body_)(begin, end, thread);
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
  std::atomic<uint32_t> generation_{0};
  std::atomic<uint32_t> pending_{0};
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
