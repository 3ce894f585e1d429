// How often a callback acts: Keras's save_freq and update_freq.
#pragma once

#include <cstdint>
#include <string>

namespace antler::callbacks {

/// "epoch", or a number of batches; "batch" is 1.
class Frequency {
 public:
  /// Throws Error for another word, and for less than 1 batch.
  Frequency(const char* word);         // NOLINT(google-explicit-constructor): a word is meant to serve as one
  Frequency(const std::string& word);  // NOLINT(google-explicit-constructor)
  Frequency(int64_t batches);          // NOLINT(google-explicit-constructor)
  Frequency(int batches) : Frequency(int64_t{batches}) {}  // NOLINT(google-explicit-constructor)

  bool is_epoch() const { return batches_ == 0; }
  /// Whether it is time to act after this many batches; never for "epoch".
  bool is_due(int64_t batches) const { return batches_ > 0 && batches >= batches_; }
  /// 0 for "epoch".
  int64_t batches() const { return batches_; }

 private:
  int64_t batches_ = 0;
};

}  // namespace antler::callbacks
