#include "antler/core/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/serial_loops.h"

namespace antler {
namespace {

// Three threads, whatever the machine has, and afterwards as many as before.
class Parallel : public ::testing::Test {
 protected:
  Parallel() { set_thread_count(3); }
  ~Parallel() override { set_thread_count(before_); }

 private:
  int before_ = thread_count();
};

TEST_F(Parallel, VisitsEveryIndexOnce) {
  for (const int64_t count : {1, 2, 3, 4, 1000}) {
    std::vector<std::atomic<int>> visits(static_cast<size_t>(count));
    parallel_for(count, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) ++visits[static_cast<size_t>(i)];
    });
    for (const auto& visit : visits) EXPECT_EQ(visit, 1);
  }
}

TEST_F(Parallel, CutsTheSameCountAlwaysTheSame) {
  std::vector<int64_t> ends(3);
  parallel_for(10, [&](int64_t, int64_t end, int thread) { ends[static_cast<size_t>(thread)] = end; });
  EXPECT_EQ(ends, (std::vector<int64_t>{3, 6, 10}));
}

TEST_F(Parallel, DoesNothingForNothing) {
  parallel_for(0, [](int64_t, int64_t, int) { FAIL(); });
}

TEST_F(Parallel, RunsOnSeveralThreads) {
  std::latch all_at_once(3);  // a thread that came here waits for the two others
  std::vector<std::thread::id> ids(3);
  parallel_for(3, [&](int64_t, int64_t, int thread) {
    all_at_once.arrive_and_wait();
    ids[static_cast<size_t>(thread)] = std::this_thread::get_id();
  });
  EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 3U);
}

TEST_F(Parallel, RunsALoopWithinALoopOnItsOwnThread) {
  std::atomic<int64_t> sum = 0;
  parallel_for(3, [&](int64_t, int64_t, int outer) {
    parallel_for(100, [&](int64_t begin, int64_t end, int inner) {
      EXPECT_EQ(inner, outer);
      sum += end - begin;
    });
  });
  EXPECT_EQ(sum, 300);
}

TEST_F(Parallel, ThrowsWhatABodyThrowsAndGoesOn) {
  const auto fail_at_last = [](int64_t, int64_t end, int) {
    if (end == 30) throw Error("the last one");
  };
  EXPECT_THROW(parallel_for(30, fail_at_last), Error);
  std::atomic<int64_t> sum = 0;
  parallel_for(30, [&](int64_t begin, int64_t end, int) { sum += end - begin; });
  EXPECT_EQ(sum, 30);
}

TEST_F(Parallel, LetsSeveralThreadsStartLoops) {
  std::atomic<int64_t> sum = 0;
  const auto run = [&] {
    for (int i = 0; i < 100; ++i)
      parallel_for(5, [&](int64_t begin, int64_t end, int) { sum += end - begin; });
  };
  std::thread other(run);
  run();
  other.join();
  EXPECT_EQ(sum, 1000);
}

TEST_F(Parallel, KeepsLoopsOfABackgroundThreadToIt) {
  {
    const SerialLoops serial;
    parallel_for(30, [](int64_t begin, int64_t end, int thread) {
      EXPECT_EQ(begin, 0);
      EXPECT_EQ(end, 30);
      EXPECT_EQ(thread, 0);
    });
  }
  std::atomic<int> ranges = 0;
  parallel_for(30, [&](int64_t, int64_t, int) { ++ranges; });
  EXPECT_EQ(ranges, 3);
}

TEST_F(Parallel, RefusesNoThreadsAndTooMany) {
  EXPECT_THROW(set_thread_count(0), Error);
  EXPECT_THROW(set_thread_count(1025), Error);
  EXPECT_EQ(thread_count(), 3);
}

}  // namespace
}  // namespace antler
