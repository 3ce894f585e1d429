#include "antler/optimizers/schedules/schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "antler/optimizers/schedules/readers.h"

namespace antler::optimizers {
namespace {

struct Kind {
  std::string_view class_name;
  Schedule (*read)(Settings& settings);
};
constexpr std::array<Kind, 6> kinds = {{{"CosineDecay", read_cosine_decay},
                                        {"CosineDecayRestarts", read_cosine_decay_restarts},
                                        {"ExponentialDecay", read_exponential_decay},
                                        {"InverseTimeDecay", read_inverse_time_decay},
                                        {"PiecewiseConstantDecay", read_piecewise_constant_decay},
                                        {"PolynomialDecay", read_polynomial_decay}}};

const Kind& kind_of(const std::string& class_name) {
  const auto* kind = std::ranges::find(kinds, class_name, &Kind::class_name);
  if (kind != kinds.end()) return *kind;
  std::string known;
  for (const Kind& each : kinds) known.append(known.empty() ? "" : ", ").append(each.class_name);
  throw Error("there is no learning rate schedule '{}'; expected one of {}", class_name, known);
}

}  // namespace

std::vector<std::string> schedule_classes() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.emplace_back(kind.class_name);
  return names;
}

Schedule::Schedule(std::string class_name, Json config, Formula formula)
    : class_name_(std::move(class_name)), config_(std::move(config)), formula_(std::move(formula)) {}

Schedule Schedule::from_config(const Json& saved) {
  if (!saved.is_object() || !saved.contains("class_name") || !saved["class_name"].is_string()) {
    throw Error(
        R"(the learning rate is {}; expected a number or {{"class_name": ..., "config": ...}} of a schedule)",
        dump_json(saved));
  }
  const auto class_name = saved["class_name"].get<std::string>();
  const Json none;
  Settings settings(saved.contains("config") ? saved["config"] : none,
                    fmt::format("learning rate schedule '{}'", class_name));
  Schedule schedule = kind_of(class_name).read(settings);
  settings.finish();
  return schedule;
}

Json Schedule::to_config() const {
  return {{"module", "keras.optimizers.schedules"},
          {"class_name", class_name_},
          {"config", config_},
          {"registered_name", nullptr}};
}

Json steps_to_config(double steps) {
  constexpr double largest_whole = 9007199254740992.0;  // 2^53
  const bool is_whole = std::abs(steps) <= largest_whole && steps == std::floor(steps);
  return is_whole ? Json(static_cast<int64_t>(steps)) : Json(steps);
}

void require_steps(const char* class_name, const char* what, double steps) {
  if (steps > 0.0) return;
  throw Error("{} of {} is {}; expected a number above 0", what, class_name, steps);
}

}  // namespace antler::optimizers
