#include "digits/recipe.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "antler/core/error.h"
#include "antler/losses/losses.h"
#include "antler/optimizers/optimizers.h"
#include "digits/networks.h"

namespace antler::digits {
namespace {

void build_lesson(Sequential& net, int64_t /*updates*/) {
  add_lesson(net);
  net.compile(
      {.optimizer = optimizers::RMSprop(), .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
}

struct OneCycleTraining {
  double max_learning_rate;
  /// Of the averages of the weights.
  double ema_momentum;
};

void compile(Sequential& net, int64_t updates, const OneCycleTraining& how) {
  const auto steps = static_cast<double>(updates);
  net.compile({.optimizer = optimizers::AdamW({.learning_rate = optimizers::OneCycle(
                                                   how.max_learning_rate, steps, {.warmup_share = 0.25}),
                                               .weight_decay = 0.01,
                                               .use_ema = true,
                                               .ema_momentum = how.ema_momentum}),
               .loss = losses::CategoricalCrossentropy({.label_smoothing = 0.1}),
               .metrics = {"accuracy"}});
}

void build_fast(Sequential& net, int64_t updates) {
  add_fast(net);
  compile(net, updates, {.max_learning_rate = 0.03, .ema_momentum = 0.98});
}

void build_best(Sequential& net, int64_t updates) {
  add_best(net);
  compile(net, updates, {.max_learning_rate = 0.01, .ema_momentum = 0.999});
}

// As far as pictures of anything may be changed; what only digits bear makes clothes harder to tell apart.
constexpr augment::Options mild = {.rotation_degrees = 5.0, .shift_pixels = 1.5, .zoom = 0.05, .shear = 0.05};

// A few epochs are too short to learn more than this.
constexpr augment::Options shifted = {.shift_pixels = 1.0, .whole_pixels = true};

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> all = {
      {.name = "best",
       .epochs = 20,
       .batch_size = 128,
       .validation_split = 0.1,
       .augmentation = mild,
       .build = build_best},
      {.name = "fast",
       .epochs = 5,
       .batch_size = 128,
       .validation_split = 0.1,
       .validates_each_epoch = false,
       .augmentation = shifted,
       .build = build_fast},
      {.name = "lesson", .build = build_lesson},
  };
  return all;
}

}  // namespace

std::vector<std::string> recipe_names() {
  std::vector<std::string> names;
  for (const Recipe& recipe : recipes()) names.push_back(recipe.name);
  names.emplace_back(ensemble_recipe);
  return names;
}

const Recipe& find_recipe(const std::string& name) {
  const std::string one = name == ensemble_recipe ? "best" : name;
  const auto recipe = std::ranges::find(recipes(), one, &Recipe::name);
  if (recipe == recipes().end())
    throw Error("there is no recipe '{}'; known are: {}", name, fmt::join(recipe_names(), ", "));
  return *recipe;
}

Sequential make_network(const Recipe& recipe, uint64_t seed, int64_t updates) {
  Sequential net;
  net.set_seed(seed);
  recipe.build(net, updates);
  return net;
}

}  // namespace antler::digits
