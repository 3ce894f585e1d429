#include "antler/optimizers/schedules/readers.h"

namespace antler::optimizers {

Schedule OneCycle(double max_learning_rate, double total_steps, const OneCycleOptions& options) {
  require_steps("OneCycle", "total_steps", total_steps);
  if (!(options.warmup_share >= 0.0 && options.warmup_share < 1.0))
    throw Error("warmup_share of OneCycle is {}; expected 0 or more and less than 1", options.warmup_share);
  if (!(options.div_factor > 0.0 && options.final_div_factor > 0.0)) {
    throw Error("OneCycle divides by {} and {}; expected numbers above 0", options.div_factor,
                options.final_div_factor);
  }
  const double initial = max_learning_rate / options.div_factor;
  const double warmup_steps = options.warmup_share * total_steps;
  return CosineDecay(initial, total_steps - warmup_steps,
                     {.alpha = initial / options.final_div_factor / max_learning_rate,
                      .name = options.name,
                      .warmup_target = max_learning_rate,
                      .warmup_steps = warmup_steps});
}

}  // namespace antler::optimizers
