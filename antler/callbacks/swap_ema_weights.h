// Validates, and saves, with the moving averages of the weights: Keras's SwapEMAWeights.
#pragma once

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

struct SwapEMAWeightsOptions {
  /// From the end of an epoch until the next one begins as well, for what stands behind this callback:
  /// ModelCheckpoint.
  bool swap_on_epoch = false;
};

/// As Keras 3.15, for an optimizer with use_ema; another one throws Error as soon as there is something to
/// swap. The averages of the weights go with the moving statistics of the weights themselves, as in Keras:
/// renew_normalization() makes them fit. Unlike Keras's it gives the weights back after predict(), keeps the
/// averages of a run that was stopped early (by a callback before this one), and goes on in a run that was
/// cut.
class SwapEMAWeights : public Callback {
 public:
  explicit SwapEMAWeights(const SwapEMAWeightsOptions& options = {}) : options_(options) {}

  void on_epoch_begin(Run& run, int epoch) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  void on_test_begin(Run& run) override { swap_in(run); }
  void on_test_end(Run& run, const Logs& /*logs*/) override { swap_out(run); }
  void on_predict_begin(Run& run) override { swap_in(run); }
  void on_predict_end(Run& run) override { swap_out(run); }
  Json state() const override;
  bool restore(const Json& state) override;

 private:
  void swap_in(Run& run);
  void swap_out(Run& run);

  SwapEMAWeightsOptions options_;
  /// Whether the averages are in the model, and the weights where the averages were.
  bool swapped_ = false;
};

}  // namespace antler::callbacks
