#include <cmath>
#include <numbers>

#include "antler/optimizers/schedules/readers.h"

namespace antler::optimizers {
namespace {

// Which wave a moment falls into, and how much of that wave has passed.
struct Moment {
  float wave;
  float passed;
};

// `waves` is time in lengths of the first wave; each wave is `longer` times the one before.
Moment moment_at(float waves, float longer) {
  if (longer == 1.0F) return {std::floor(waves), waves - std::floor(waves)};
  const float wave = std::floor(std::log(1.0F - waves * (1.0F - longer)) / std::log(longer));
  const float before = (1.0F - std::pow(longer, wave)) / (1.0F - longer);
  return {wave, (waves - before) / std::pow(longer, wave)};
}

}  // namespace

Schedule CosineDecayRestarts(double initial_learning_rate, double first_decay_steps,
                             const CosineDecayRestartsOptions& options) {
  require_steps("CosineDecayRestarts", "first_decay_steps", first_decay_steps);
  const Json config = {{"initial_learning_rate", initial_learning_rate},
                       {"first_decay_steps", steps_to_config(first_decay_steps)},
                       {"t_mul", options.t_mul},
                       {"m_mul", options.m_mul},
                       {"alpha", options.alpha},
                       {"name", options.name}};
  return {"CosineDecayRestarts", config,
          [rate = static_cast<float>(initial_learning_rate), steps = static_cast<float>(first_decay_steps),
           longer = static_cast<float>(options.t_mul), lower = static_cast<float>(options.m_mul),
           alpha = static_cast<float>(options.alpha)](int64_t step) {
            const Moment now = moment_at(static_cast<float>(step) / steps, longer);
            const float height = 0.5F * std::pow(lower, now.wave);
            const float cosine = height * (1.0F + std::cos(std::numbers::pi_v<float> * now.passed));
            return rate * ((1.0F - alpha) * cosine + alpha);
          }};
}

Schedule read_cosine_decay_restarts(Settings& settings) {
  const CosineDecayRestartsOptions usual;
  return CosineDecayRestarts(settings.number("initial_learning_rate"), settings.number("first_decay_steps"),
                             {.t_mul = settings.number("t_mul", usual.t_mul),
                              .m_mul = settings.number("m_mul", usual.m_mul),
                              .alpha = settings.number("alpha", usual.alpha),
                              .name = settings.text("name", usual.name)});
}

}  // namespace antler::optimizers
