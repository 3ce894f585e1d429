#include <cmath>

#include "antler/optimizers/schedules/readers.h"

namespace antler::optimizers {

Schedule InverseTimeDecay(double initial_learning_rate, double decay_steps, double decay_rate,
                          const InverseTimeDecayOptions& options) {
  require_steps("InverseTimeDecay", "decay_steps", decay_steps);
  const Json config = {{"initial_learning_rate", initial_learning_rate},
                       {"decay_steps", steps_to_config(decay_steps)},
                       {"decay_rate", decay_rate},
                       {"staircase", options.staircase},
                       {"name", options.name}};
  return {"InverseTimeDecay", config,
          [rate = static_cast<float>(initial_learning_rate), steps = static_cast<float>(decay_steps),
           factor = static_cast<float>(decay_rate), staircase = options.staircase](int64_t step) {
            const float decays = static_cast<float>(step) / steps;
            return rate / (1.0F + factor * (staircase ? std::floor(decays) : decays));
          }};
}

Schedule read_inverse_time_decay(Settings& settings) {
  const InverseTimeDecayOptions usual;
  return InverseTimeDecay(
      settings.number("initial_learning_rate"), settings.number("decay_steps"), settings.number("decay_rate"),
      {.staircase = settings.flag("staircase", usual.staircase), .name = settings.text("name", usual.name)});
}

}  // namespace antler::optimizers
