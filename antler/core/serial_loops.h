// Parallel loops kept to one thread.
#pragma once

namespace antler {

/// As long as it lives, parallel_for() runs on the calling thread alone: for threads that work in the
/// background, whose loops would otherwise wait for those of the training and hold them up.
class SerialLoops {
 public:
  SerialLoops();
  ~SerialLoops();
  SerialLoops(const SerialLoops&) = delete;
  SerialLoops& operator=(const SerialLoops&) = delete;

 private:
  int before_;
};

}  // namespace antler
