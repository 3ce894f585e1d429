#include "antler/saving/optimizer_names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace antler::saving {
namespace {

struct Words {
  std::string_view optimizer;
  std::string_view keras3;
  std::string_view keras2;
  std::string_view legacy;
};

// Where Keras 2's differ from Keras 3's.
constexpr std::array<Words, 16> other_words = {{
    {"Adadelta", "accumulated_grad", "accumulated_grad", "accum_grad"},
    {"Adadelta", "accumulated_delta_var", "accumulated_delta_var", "accum_var"},
    {"Adam", "momentum", "m", "m"},
    {"Adam", "velocity", "v", "v"},
    {"Adam", "velocity_hat", "vhat", "vhat"},
    {"AdamW", "momentum", "m", "m"},
    {"AdamW", "velocity", "v", "v"},
    {"AdamW", "velocity_hat", "vhat", "vhat"},
    {"Adamax", "momentum", "m", "m"},
    {"Adamax", "norm", "u", "v"},
    {"Lion", "momentum", "m", "m"},
    {"Nadam", "momentum", "m", "m"},
    {"Nadam", "velocity", "v", "v"},
    {"RMSprop", "velocity", "velocity", "rms"},
    {"RMSprop", "average_gradient", "average_gradient", "mg"},
    {"SGD", "momentum", "m", "momentum"},
}};

// The last word of a path without TensorFlow's output number: "kernel" of "dense/kernel:0".
std::string last_word(const std::string& name) {
  const std::string word = name.substr(name.rfind('/') + 1);
  return word.substr(0, word.find(':'));
}

// A name belongs to a slot when one of the ways to write it says so: Keras 2 leaves its own name out of what
// an optimizer that was itself read from a file keeps, "m/dense/kernel:0" for "Adam/m/dense/kernel:0".
bool belongs(const std::string& name, const SlotNames& slot) {
  const bool keras3 = !name.ends_with(":0") && name.ends_with("_" + slot.keras3);
  const size_t first = name.find('/');
  const bool keras2 = first != std::string::npos && (name.substr(0, first) == slot.keras2 ||
                                                     name.substr(first + 1).starts_with(slot.keras2 + "/"));
  return keras3 || keras2 || last_word(name) == slot.legacy;
}

}  // namespace

std::vector<SlotNames> slot_names(const optimizers::Rule& rule) {
  std::vector<SlotNames> all;
  for (const std::string& slot : rule.slots()) {
    SlotNames names{slot, slot, slot};
    for (const Words& words : other_words) {
      if (words.optimizer != rule.class_name() || words.keras3 != slot) continue;
      names.keras2 = words.keras2;
      names.legacy = words.legacy;
    }
    all.push_back(std::move(names));
  }
  return all;
}

bool counts_iterations(const std::string& name) {
  const std::string word = last_word(name);
  return word == "iteration" || word == "iterations" || word == "iter";
}

NamesBySlot names_by_slot(const std::vector<std::string>& names, const std::vector<SlotNames>& slots,
                          size_t weights) {
  NamesBySlot found(slots.size());
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    std::ranges::copy_if(names, std::back_inserter(found[slot]),
                         [&](const std::string& name) { return belongs(name, slots[slot]); });
    if (found[slot].size() != weights) return {};
  }
  return found;
}

NamesBySlot names_by_position(std::vector<std::string> names, size_t slots, size_t weights) {
  std::erase_if(names, counts_iterations);
  if (weights == 0 || names.size() != slots * weights) return {};
  NamesBySlot found(slots);
  for (size_t i = 0; i < names.size(); ++i) found[i / weights].push_back(names[i]);
  return found;
}

}  // namespace antler::saving
