#include "digits/recipe.h"

#include <fmt/ranges.h>

#include <map>

#include "antler/core/error.h"
#include "antler/layers/layers.h"
#include "antler/optimizers/optimizers.h"

namespace antler::digits {
namespace {

using namespace antler::layers;

// What the lesson puts behind each convolution.
void add_normalized_pooling(Sequential& net) {
  net.add(Activation("relu"));
  net.add(BatchNormalization({.axis = 1, .epsilon = 1e-6}));
  net.add(MaxPool2D({.pool_size = {2, 2}}));
}

void add_lesson(Sequential& net) {
  net.add(Conv2D(32, {.kernel_size = {3, 3}, .strides = {1, 1}, .input_shape = {28, 28, 1}}));
  add_normalized_pooling(net);
  net.add(ZeroPadding2D({.padding = {1, 1}}));
  net.add(Conv2D(48, {.kernel_size = {3, 3}}));
  add_normalized_pooling(net);
  net.add(ZeroPadding2D({.padding = {1, 1}}));
  net.add(Conv2D(64, {.kernel_size = {2, 2}}));
  add_normalized_pooling(net);
  net.add(Dropout(0.25));
  net.add(Flatten());
  net.add(Dense(3168));
  net.add(Activation("relu"));
  net.add(Dense(10));
  net.add(Activation("softmax"));
  net.compile(
      {.optimizer = optimizers::RMSprop(), .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
}

using Recipe = void (*)(Sequential&);

const std::map<std::string, Recipe>& recipes() {
  static const std::map<std::string, Recipe> all{{"lesson", add_lesson}};
  return all;
}

}  // namespace

std::vector<std::string> recipe_names() {
  std::vector<std::string> names;
  for (const auto& [name, recipe] : recipes()) names.push_back(name);
  return names;
}

Sequential make_recipe(const std::string& name, uint64_t seed) {
  const auto recipe = recipes().find(name);
  if (recipe == recipes().end()) {
    throw Error("there is no recipe '{}'; known are: {}", name, fmt::join(recipe_names(), ", "));
  }
  Sequential net;
  net.set_seed(seed);
  recipe->second(net);
  return net;
}

}  // namespace antler::digits
