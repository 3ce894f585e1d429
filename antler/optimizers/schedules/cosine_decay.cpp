#include <algorithm>
#include <cmath>
#include <numbers>

#include "antler/optimizers/schedules/readers.h"

namespace antler::optimizers {
namespace {

// All in float32, as in Keras.
struct Wave {
  float initial;
  float steps;
  float alpha;
  float rest_of_alpha;

  float decayed(float from, float step) const {
    const float cosine = 0.5F * (1.0F + std::cos(std::numbers::pi_v<float> * (step / steps)));
    return from * (rest_of_alpha * cosine + alpha);
  }
};

}  // namespace

Schedule CosineDecay(double initial_learning_rate, double decay_steps, const CosineDecayOptions& options) {
  require_steps("CosineDecay", "decay_steps", decay_steps);
  const Json config = {{"initial_learning_rate", initial_learning_rate},
                       {"decay_steps", steps_to_config(decay_steps)},
                       {"alpha", options.alpha},
                       {"name", options.name},
                       {"warmup_target", options.warmup_target ? Json(*options.warmup_target) : Json()},
                       {"warmup_steps", steps_to_config(options.warmup_steps)}};
  const Wave wave{.initial = static_cast<float>(initial_learning_rate),
                  .steps = static_cast<float>(decay_steps),
                  .alpha = static_cast<float>(options.alpha),
                  .rest_of_alpha = static_cast<float>(1.0 - options.alpha)};
  if (!options.warmup_target) {
    return {"CosineDecay", config, [wave](int64_t step) {
              return wave.decayed(wave.initial, std::min(static_cast<float>(step), wave.steps));
            }};
  }
  return {"CosineDecay", config,
          [wave, top = static_cast<float>(*options.warmup_target),
           warmup = static_cast<float>(options.warmup_steps)](int64_t step) {
            const float now = std::min(static_cast<float>(step), wave.steps + warmup);
            if (now < warmup) return (top - wave.initial) * (now / warmup) + wave.initial;
            return wave.decayed(top, now - warmup);
          }};
}

Schedule read_cosine_decay(Settings& settings) {
  const CosineDecayOptions usual;
  return CosineDecay(settings.number("initial_learning_rate"), settings.number("decay_steps"),
                     {.alpha = settings.number("alpha", usual.alpha),
                      .name = settings.text("name", usual.name),
                      .warmup_target = settings.optional_number("warmup_target", usual.warmup_target),
                      .warmup_steps = settings.number("warmup_steps", usual.warmup_steps)});
}

}  // namespace antler::optimizers
