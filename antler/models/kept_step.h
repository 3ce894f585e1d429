// The step of a model's last prediction, for the next one.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

namespace antler {

class Step;

/// Room for one step of inference on a single batch, which a model keeps so that it need not be planned anew.
/// It must read the weights where they are, as they may change meanwhile. May be used by several threads:
/// whoever finds nothing plans a step of its own. A copy starts out empty.
class KeptStep {
 public:
  KeptStep();
  KeptStep(const KeptStep& other);
  KeptStep& operator=(const KeptStep& other);
  ~KeptStep();

  /// The step, if it is for batches of this size and as many threads as there are now; else null.
  std::unique_ptr<Step> take(int64_t batch);
  /// Unless its memory is large.
  void keep(std::unique_ptr<Step> step);
  /// When the model's layers are not the same any more.
  void drop();

 private:
  std::mutex guard_;
  std::unique_ptr<Step> step_;
  int threads_ = 0;
};

}  // namespace antler
