#include "antler/optimizers/shared_options.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"
#include "antler/optimizers/schedules/schedules.h"

namespace antler::optimizers {
namespace {

// Called "lr" up to Keras 2.2.
LearningRate read_learning_rate(Settings& settings, const LearningRate& usual) {
  const Json& old = settings.raw("lr");
  const Json& value = settings.raw("learning_rate");
  const Json& given = value.is_null() ? old : value;
  if (given.is_null()) return usual;
  if (!given.is_number() && !given.is_object()) {
    throw Error("{}: \"learning_rate\" is {}; expected a number or a schedule", settings.where(),
                dump_json(given));
  }
  return LearningRate::from_config(given);
}

LearningRate with_old_decay(Settings& settings, const LearningRate& learning_rate) {
  const double decay = settings.number("decay", 0.0);
  if (decay == 0.0) return learning_rate;
  if (learning_rate.is_scheduled()) {
    throw Error("{}: \"decay\" is {} beside a learning rate schedule; expected one of the two",
                settings.where(), decay);
  }
  return InverseTimeDecay(learning_rate.at(0), 1, decay);
}

template <typename Number>
Json or_null(const std::optional<Number>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

void check(const SharedOptions& options, const std::string& optimizer) {
  const std::array<bool, 3> clips = {options.clipnorm.has_value(), options.clipvalue.has_value(),
                                     options.global_clipnorm.has_value()};
  if (std::ranges::count(clips, true) > 1) {
    throw Error("optimizer '{}' has several of clipnorm, clipvalue and global_clipnorm; expected one at most",
                optimizer);
  }
  if (options.use_ema && !(options.ema_momentum >= 0.0 && options.ema_momentum <= 1.0)) {
    throw Error("ema_momentum of optimizer '{}' is {}; expected 0 to 1", optimizer, options.ema_momentum);
  }
  if (options.use_ema && options.ema_overwrite_frequency.value_or(0) < 0) {
    throw Error("ema_overwrite_frequency of optimizer '{}' is {}; expected at least 1", optimizer,
                *options.ema_overwrite_frequency);
  }
  const int64_t accumulated = options.gradient_accumulation_steps.value_or(0);
  if (accumulated != 0 && accumulated < 2) {
    throw Error("gradient_accumulation_steps of optimizer '{}' is {}; expected at least 2", optimizer,
                accumulated);
  }
}

SharedOptions read_shared_options(Settings& settings, const SharedOptions& usual, OldDecay decay) {
  SharedOptions options{
      .learning_rate = read_learning_rate(settings, usual.learning_rate),
      .weight_decay = settings.optional_number("weight_decay", usual.weight_decay),
      .clipnorm = settings.optional_number("clipnorm", {}),
      .clipvalue = settings.optional_number("clipvalue", {}),
      .global_clipnorm = settings.optional_number("global_clipnorm", {}),
      .use_ema = settings.flag("use_ema", false),
      .ema_momentum = settings.number("ema_momentum", usual.ema_momentum),
      .ema_overwrite_frequency = settings.optional_integer("ema_overwrite_frequency", {}),
      .loss_scale_factor = settings.optional_number("loss_scale_factor", {}),
      .gradient_accumulation_steps = settings.optional_integer("gradient_accumulation_steps", {}),
      .name = settings.text("name", usual.name)};
  settings.ignore({"jit_compile", "is_legacy_optimizer", "schedule_decay"});
  if (decay == OldDecay::of_learning_rate) {
    options.learning_rate = with_old_decay(settings, options.learning_rate);
  } else {
    settings.ignore({"decay"});
  }
  return options;
}

Json shared_config(const SharedOptions& options) {
  return {{"name", options.name},
          {"learning_rate", options.learning_rate.to_config()},
          {"weight_decay", or_null(options.weight_decay)},
          {"clipnorm", or_null(options.clipnorm)},
          {"global_clipnorm", or_null(options.global_clipnorm)},
          {"clipvalue", or_null(options.clipvalue)},
          {"use_ema", options.use_ema},
          {"ema_momentum", options.ema_momentum},
          {"ema_overwrite_frequency", or_null(options.ema_overwrite_frequency)},
          {"loss_scale_factor", or_null(options.loss_scale_factor)},
          {"gradient_accumulation_steps", or_null(options.gradient_accumulation_steps)}};
}

}  // namespace antler::optimizers
