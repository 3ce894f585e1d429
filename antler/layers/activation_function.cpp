#include "antler/layers/activation_function.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "antler/core/error.h"
#include "antler/ops/activation.h"
#include "antler/ops/glu.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sparsemax.h"

namespace antler::layers {
namespace {

using Function = ops::Activation::Function;

// With the defaults of keras.activations for what a name alone does not say.
struct Named {
  std::string_view name;
  Function function;
  float alpha = 0.0F;
  float max_value = std::numeric_limits<float>::infinity();
};

constexpr std::array<Named, 26> functions = {{
    {"celu", Function::celu, 1.0F},
    {"elu", Function::elu, 1.0F},
    {"exponential", Function::exponential},
    {"gelu", Function::gelu},
    {"hard_shrink", Function::hard_shrink, 0.5F},
    {"hard_sigmoid", Function::hard_sigmoid, 1.0F / 6.0F},
    {"hard_sigmoid_of_keras_2", Function::hard_sigmoid, 0.2F},
    {"hard_silu", Function::hard_silu, 1.0F / 6.0F},
    {"hard_tanh", Function::hard_tanh},
    {"leaky_relu", Function::relu, 0.2F},
    {"linear", Function::linear},
    {"log_sigmoid", Function::log_sigmoid},
    {"mish", Function::mish},
    {"relu", Function::relu},
    {"relu6", Function::relu, 0.0F, 6.0F},
    {"selu", Function::selu},
    {"sigmoid", Function::sigmoid},
    {"silu", Function::silu},
    {"soft_shrink", Function::soft_shrink, 0.5F},
    {"softplus", Function::softplus},
    {"softsign", Function::softsign},
    {"sparse_plus", Function::sparse_plus},
    {"sparse_sigmoid", Function::sparse_sigmoid},
    {"squareplus", Function::squareplus, 4.0F},
    {"tanh", Function::tanh},
    {"tanh_shrink", Function::tanh_shrink},
}};

// Names that are not Keras's: antler's own for Keras 2's hard sigmoid, and what TensorFlow 2's softmax called
// itself, which reached model files.
constexpr std::array<std::string_view, 2> not_of_keras = {"hard_sigmoid_of_keras_2", "softmax_v2"};

// Names that Keras 2 or 3 takes for another.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> aliases = {
    {{"", "linear"}, {"swish", "silu"}, {"hard_swish", "hard_silu"}, {"softmax_v2", "softmax"}}};

// Functions of whole rows.
constexpr std::array<std::string_view, 4> of_rows = {"glu", "log_softmax", "softmax", "sparsemax"};

bool is_of_rows(std::string_view name) {
  return std::ranges::find(of_rows, name) != of_rows.end();
}

graph::Value activate_rows(Lowering& to, graph::Value x, std::string_view name) {
  if (name == "glu") return to.graph.apply(ops::Glu{}, {x});
  if (name == "sparsemax") return to.graph.apply(ops::Sparsemax{}, {x});
  ops::Softmax softmax;
  softmax.logarithm = name == "log_softmax";
  return to.graph.apply(softmax, {x});
}

}  // namespace

std::string checked_activation(const std::string& name) {
  const auto* alias = std::ranges::find(aliases, name, [](const auto& pair) { return pair.first; });
  const std::string_view known = alias == aliases.end() ? name : alias->second;
  if (!is_of_rows(known) && std::ranges::find(functions, known, &Named::name) == functions.end()) {
    throw Error("there is no activation '{}' in Keras that antler knows", name);
  }
  return std::string(known);
}

std::vector<std::string> activation_names() {
  std::vector<std::string> names(of_rows.begin(), of_rows.end());
  for (const Named& each : functions) names.emplace_back(each.name);
  for (const auto& [alias, name] : aliases) names.emplace_back(alias);
  std::erase_if(names, [](const std::string& name) {
    return name.empty() || std::ranges::find(not_of_keras, name) != not_of_keras.end();
  });
  std::ranges::sort(names);
  return names;
}

graph::Value activate(Lowering& to, graph::Value x, const std::string& name) {
  if (name == "linear") return x;
  if (is_of_rows(name)) return activate_rows(to, x, name);
  const auto* named = std::ranges::find(functions, name, &Named::name);
  ops::Activation activation;
  activation.function = named->function;
  activation.alpha = named->alpha;
  activation.max_value = named->max_value;
  return to.graph.apply(activation, {x});
}

}  // namespace antler::layers
