#include "antler/callbacks/swap_ema_weights.h"

namespace antler::callbacks {

void SwapEMAWeights::swap_in(Run& run) {
  if (!swapped_) run.model->swap_averages();
  swapped_ = true;
}

void SwapEMAWeights::swap_out(Run& run) {
  if (swapped_) run.model->swap_averages();
  swapped_ = false;
}

void SwapEMAWeights::on_epoch_begin(Run& run, int /*epoch*/) {
  swap_out(run);
}

void SwapEMAWeights::on_epoch_end(Run& run, int epoch, Logs& /*logs*/) {
  if (!options_.swap_on_epoch) return;
  swap_in(run);
  // The end of fit() makes the averages the weights once more.
  if (epoch == run.epochs - 1 || run.stop_training) {
    run.model->begin_averages();
    swapped_ = false;
  }
}

Json SwapEMAWeights::state() const {
  return {{"callback", "SwapEMAWeights"}, {"swapped", swapped_}};
}

bool SwapEMAWeights::restore(const Json& state) {
  if (state.value("callback", "") != "SwapEMAWeights") return false;
  swapped_ = state.at("swapped").get<bool>();
  return true;
}

}  // namespace antler::callbacks
