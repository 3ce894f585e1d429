// How antler_bench takes part in comparisons: like the peers (peers/asked.py) it stays, and works whenever a
// line on standard input asks it to.
#pragma once

#include <cstdint>
#include <functional>

namespace antler::bench {

/// For each batch size that a line asks for: warm_up(batch_size), the first time, then {"seconds": ...} of
/// work(batch_size), as a line of JSON.
void serve(const std::function<void(int64_t batch_size)>& warm_up,
           const std::function<void(int64_t batch_size)>& work);

/// Reads the table in `path`, plain or gzipped; batch sizes mean nothing to it.
void serve_reading(const char* path);

/// Predicts the rows of `x`, a .npy file, with the model in `model`: at batch size 1 the first `one` rows, a
/// call of predict() each, at others all rows in one call.
void serve_predictions(const char* model, const char* x, int64_t one);

}  // namespace antler::bench
