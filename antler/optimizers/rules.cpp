#include "antler/optimizers/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

#include "antler/core/error.h"

namespace antler::optimizers {
namespace {

struct Kind {
  std::string_view class_name;
  OptimizerReader read;
};
constexpr std::array<Kind, 10> kinds = {{{"Adadelta", read_adadelta},
                                         {"Adagrad", read_adagrad},
                                         {"Adam", read_adam},
                                         {"Adamax", read_adamax},
                                         {"AdamW", read_adamw},
                                         {"Ftrl", read_ftrl},
                                         {"Lion", read_lion},
                                         {"Nadam", read_nadam},
                                         {"RMSprop", read_rmsprop},
                                         {"SGD", read_sgd}}};

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

OptimizerReader reader_of(const std::string& class_name) {
  std::string name = lower_case(class_name);
  if (constexpr std::string_view package = "custom>"; name.starts_with(package))
    name.erase(0, package.size());
  std::string known;
  for (const Kind& kind : kinds) {
    if (lower_case(std::string(kind.class_name)) == name) return kind.read;
    known.append(known.empty() ? "" : ", ").append(kind.class_name);
  }
  throw Error("there is no optimizer '{}'; expected one of {}", class_name, known);
}

std::vector<std::string> optimizer_classes() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.emplace_back(kind.class_name);
  return names;
}

std::string default_name(const std::string& class_name) {
  const std::string words = std::regex_replace(class_name, std::regex("(.)([A-Z][a-z]+)"), "$1_$2");
  return lower_case(std::regex_replace(words, std::regex("([a-z])([A-Z])"), "$1_$2"));
}

}  // namespace antler::optimizers
