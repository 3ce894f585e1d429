// Loops spread over a fixed set of threads.
#pragma once

#include <cstdint>

#include "antler/core/function_ref.h"

namespace antler {

/// What a loop does with a range of it, see parallel_for().
using LoopBody = FunctionRef<void(int64_t begin, int64_t end, int thread)>;

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
