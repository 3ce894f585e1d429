// Loops spread over a fixed set of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

namespace antler {

/// A reference to what a loop does: body(begin, end, thread). Unlike std::function it never allocates; unlike
/// a copy it must not outlive the callable.
class LoopBody {
 public:
  template <typename Callable>
  requires(std::is_invocable_v<const Callable&, int64_t, int64_t, int> && !std::is_same_v<Callable, LoopBody>)
      // NOLINTNEXTLINE(google-explicit-constructor): a lambda is a loop's body as it stands
      LoopBody(const Callable& callable)
      : callable_(std::addressof(callable)),
        call_([](const void* body, int64_t begin, int64_t end, int thread) {
          (*static_cast<const Callable*>(body))(begin, end, thread);
        }) {}

  void operator()(int64_t begin, int64_t end, int thread) const { call_(callable_, begin, end, thread); }

 private:
  const void* callable_;
  void (*call_)(const void*, int64_t, int64_t, int);
};

/// How many threads parallel loops use: at first, as many processors as the process may run on (its affinity,
/// and its container's quota).
int thread_count();
/// Sets it, for the whole process; not to be called from within a parallel loop. Throws Error unless
/// 1 <= count <= 1024. Results may differ in their last bits between thread counts, never between runs of one
/// count.
void set_thread_count(int count);

/// Cuts [0, count) into at most thread_count() neighbouring ranges of nearly equal length, always the same
/// for the same count, and calls body(begin, end, thread) for each, at the same time where threads are free.
/// `thread` is the range's number, for memory of its own; which thread runs it is left to chance. A loop
/// within a loop runs on the one thread that met it, under that range's number. The first exception a body
/// throws is thrown again here, after all ended. One loop runs at a time: callers on other threads wait.
void parallel_for(int64_t count, LoopBody body);

}  // namespace antler
