// Ways to train a reader of digits, by name: network, optimizer, what is done to the images, and for how
// long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "antler/data/augmentation.h"
#include "antler/models/sequential.h"

namespace antler::digits {

/// A value; recipes are told apart by their names.
struct Recipe {
  std::string name;
  /// What a run has where its user does not say otherwise.
  int epochs = 50;
  int64_t batch_size = 64;
  double validation_split = 0.2;
  /// Whether each epoch ends with a validation, or the last one alone.
  bool validates_each_epoch = true;
  /// What happens to the training images, anew in each epoch.
  std::optional<augment::Options> augmentation = {};
  /// Adds the layers and compiles; `updates` is how many a whole run makes, by which learning rates go.
  void (*build)(Sequential& net, int64_t updates) = nullptr;
};

/// Several networks that read together: see ensemble.h.
constexpr const char* ensemble_recipe = "ensemble";

/// "best", "fast", "lesson" and "ensemble".
std::vector<std::string> recipe_names();

/// Throws Error, naming the recipes there are, for another name.
///
/// "lesson" is the tutorial's, trained as it does: RMSprop, 50 epochs. "fast" is at 99.4 % in seconds,
/// "best" as good as one network gets in minutes. Both are trained with AdamW, one cycle of the learning rate
/// and smoothed labels, on images that are moved, and for "best" turned, scaled and slanted too, and end with
/// averages of their weights. Nothing in them is made for digits alone.
/// "ensemble" stands for the recipe of its members, "best".
const Recipe& find_recipe(const std::string& name);

/// A recipe's compiled network, its initial weights drawn from `seed`, to be trained with so many updates.
Sequential make_network(const Recipe& recipe, uint64_t seed, int64_t updates);

}  // namespace antler::digits
