#include <algorithm>
#include <cmath>

#include "antler/optimizers/schedules/readers.h"

namespace antler::optimizers {

Schedule PolynomialDecay(double initial_learning_rate, double decay_steps,
                         const PolynomialDecayOptions& options) {
  require_steps("PolynomialDecay", "decay_steps", decay_steps);
  const Json config = {{"initial_learning_rate", initial_learning_rate},
                       {"decay_steps", steps_to_config(decay_steps)},
                       {"end_learning_rate", options.end_learning_rate},
                       {"power", options.power},
                       {"cycle", options.cycle},
                       {"name", options.name}};
  return {"PolynomialDecay", config,
          [begin = static_cast<float>(initial_learning_rate),
           end = static_cast<float>(options.end_learning_rate), steps = static_cast<float>(decay_steps),
           power = static_cast<float>(options.power), cycle = options.cycle](int64_t step) {
            const auto now = static_cast<float>(step);
            const float cycles = cycle && step > 0 ? std::ceil(now / steps) : 1.0F;
            const float last = steps * cycles;
            const float done = (cycle ? now : std::min(now, last)) / last;
            return (begin - end) * std::pow(1.0F - done, power) + end;
          }};
}

Schedule read_polynomial_decay(Settings& settings) {
  const PolynomialDecayOptions usual;
  return PolynomialDecay(settings.number("initial_learning_rate"), settings.number("decay_steps"),
                         {.end_learning_rate = settings.number("end_learning_rate", usual.end_learning_rate),
                          .power = settings.number("power", usual.power),
                          .cycle = settings.flag("cycle", usual.cycle),
                          .name = settings.text("name", usual.name)});
}

}  // namespace antler::optimizers
