// Model::summary: the table that Keras 3.15 prints (keras/src/utils/summary_utils.py).
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "antler/models/model.h"
#include "antler/models/summary_text.h"
#include "antler/visual/table.h"
#include "antler/visual/terminal.h"

namespace antler {
namespace {

using visual::Table;

std::string with_commas(int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<size_t>(at), 1, ',');
  return digits;
}

std::string memory_size(double bytes) {
  size_t unit = 0;
  constexpr const char* units[] = {"B", "KB", "MB", "GB", "TB", "PB"};
  for (; bytes >= 1024.0 && unit + 1 < std::size(units); ++unit) bytes /= 1024.0;
  return fmt::format("{:.2f} {}", bytes, units[unit]);
}

std::string total(const std::string& what, int64_t count, double bytes) {
  return fmt::format(" {} params: {} ({})\n", what, with_commas(count), memory_size(bytes));
}

std::string total(const std::string& what, int64_t count) {
  return total(what, count, static_cast<double>(count) * sizeof(float));
}

// One layer behind the other, each used once: then Keras leaves out who is connected to whom.
bool is_chain(const Model& model) {
  std::set<const layers::LayerBase*> used;
  std::set<int> consumed;
  for (const Model::Call& call : model.calls()) {
    if (call.inputs.size() > 1 || !used.insert(&call.layer.base()).second) return false;
    if (!consumed.insert(call.inputs.empty() ? -1 : call.inputs.front().call).second) return false;
  }
  return true;
}

// Which of a layer's applications the call at `index` is.
int64_t application(const Model& model, int index) {
  const auto& calls = model.calls();
  return std::count_if(calls.begin(), calls.begin() + index, [&](const Model::Call& call) {
    return &call.layer.base() == &calls[static_cast<size_t>(index)].layer.base();
  });
}

// "conv2d[0][0], image[0][0]": the inputs of all applications of the layer.
std::string connections(const Model& model, const layers::Layer& layer) {
  std::string text;
  for (const Model::Call& call : model.calls()) {
    if (&call.layer.base() != &layer.base()) continue;
    for (const auto& [input, output] : call.inputs) {
      if (!text.empty()) text += ", ";
      const std::string& name = model.calls()[static_cast<size_t>(input)].layer.name();
      text += fmt::format("{}[{}][{}]", name, application(model, input), output);
    }
  }
  return text.empty() ? "-" : text;
}

// Unlike Shape::to_string without a comma behind a single extent.
std::string shape_text(const Shape& shape) {
  std::string text;
  for (int64_t extent : shape) {
    if (!text.empty()) text += ", ";
    text += extent == Shape::unknown ? "None" : std::to_string(extent);
  }
  return "(" + text + ")";
}

// Of the layer's last application; a list where it has several outputs.
std::string output_shape(const Model& model, const layers::Layer& layer) {
  for (auto index = static_cast<int>(model.calls().size()) - 1; index >= 0; --index) {
    if (&model.calls()[static_cast<size_t>(index)].layer.base() != &layer.base()) continue;
    const std::optional<Model> nested = nested_model(layer);
    const auto outputs = nested ? static_cast<int>(nested->outputs().size()) : 1;
    if (outputs == 1) return shape_text(model.shape_of(index));
    std::string text;
    for (int output = 0; output < outputs; ++output)
      text += (output > 0 ? ", " : "[") + shape_text(model.shape_of({index, output}));
    return text + "]";
  }
  return "?";
}

// Keras calls layers built from the start whose class has no build method.
bool has_build_method(const layers::Layer& layer) {
  static const std::set<std::string> without{"Activation",
                                             "ActivityRegularization",
                                             "AlphaDropout",
                                             "AveragePooling1D",
                                             "AveragePooling2D",
                                             "Dropout",
                                             "ELU",
                                             "GaussianDropout",
                                             "GaussianNoise",
                                             "GlobalAveragePooling1D",
                                             "GlobalAveragePooling2D",
                                             "GlobalMaxPooling1D",
                                             "GlobalMaxPooling2D",
                                             "Identity",
                                             "InputLayer",
                                             "LeakyReLU",
                                             "MaxPooling1D",
                                             "MaxPooling2D",
                                             "ReLU",
                                             "Reshape",
                                             "Softmax",
                                             "SpatialDropout1D",
                                             "SpatialDropout2D",
                                             "UnitNormalization"};
  return !without.contains(layer.class_name());
}

std::string parameters(const layers::Layer& layer) {
  return !layer.base().built && has_build_method(layer) ? "0 (unbuilt)" : with_commas(layer.count_params());
}

Table empty_table(bool chain, int64_t columns) {
  const int64_t length = std::clamp<int64_t>(columns - 4, 36, chain ? 88 : 108);
  const auto until = [&](double share) { return static_cast<int64_t>(share * static_cast<double>(length)); };
  if (chain) {
    return Table({{"Layer (type)", until(0.45)},
                  {"Output Shape", until(0.80) - until(0.45)},
                  {"Param #", length - until(0.80), true}},
                 length);
  }
  return Table({{"Layer (type)", until(0.3)},
                {"Output Shape", until(0.56) - until(0.3)},
                {"Param #", until(0.74) - until(0.56), true},
                {"Connected to", length - until(0.74)}},
               length);
}

int64_t trainable_params(const Model& model) {
  int64_t count = 0;
  for (const layers::Weight* weight : model.trainable_weights()) count += weight->value.size();
  return count;
}

// Keras counts the optimizer's 64-bit iterations, and its learning rate unless it follows a schedule, among
// its variables.
std::string optimizer_total(const Model& model) {
  if (!model.is_compiled() || model.optimizer().state().iterations == 0) return "";
  const optimizers::Optimizer& optimizer = model.optimizer();
  const optimizers::State& state = optimizer.state();
  auto floats = static_cast<int64_t>(optimizer.rule().derived_numbers(0).size());
  if (!optimizer.options().learning_rate.is_scheduled()) ++floats;
  const auto add = [&](const std::vector<Tensor>& tensors) {
    for (const Tensor& tensor : tensors) floats += tensor.size();
  };
  for (const std::vector<Tensor>& slot : state.slots) add(slot);
  add(state.averages);
  add(state.accumulated_gradients);
  return total("Optimizer", floats + 1, static_cast<double>(floats) * sizeof(float) + sizeof(int64_t));
}

// A row for each layer of `model`, those of nested models indented; who is connected to whom is told of the
// model's own layers alone, as in Keras.
void add_rows(const Model& model, bool chain, const SummaryOptions& options, int64_t level, Table& table) {
  std::string indent;
  for (int64_t i = 0; i < level; ++i) indent += "   ";
  if (level > 0) indent += "└ ";
  for (const layers::Layer& layer : model.layers()) {
    std::vector<std::string> cells{fmt::format("{}{} ({})", indent, layer.name(), layer.class_name()),
                                   output_shape(model, layer), parameters(layer)};
    if (!chain) cells.push_back(level > 0 ? "-" : connections(model, layer));
    table.add_row(std::move(cells));
    const std::optional<Model> nested = options.expand_nested ? nested_model(layer) : std::nullopt;
    if (nested) add_rows(*nested, chain, options, level + 1, table);
  }
}

}  // namespace

std::string summary_text(const Model& model, int64_t columns, const SummaryOptions& options) {
  const bool chain = model.class_name() == "Sequential" || is_chain(model);
  Table table = empty_table(chain, columns);
  add_rows(model, chain, options, 0, table);
  const int64_t trainable = trainable_params(model);
  return fmt::format("Model: \"{}\"\n", model.name()) + table.text() + total("Total", model.count_params()) +
         total("Trainable", trainable) + total("Non-trainable", model.count_params() - trainable) +
         optimizer_total(model);
}

std::string Model::summary_text(const SummaryOptions& options) const {
  constexpr int64_t without_a_terminal = 80;
  return antler::summary_text(*this, without_a_terminal, options);
}

void Model::summary(const SummaryOptions& options) const {
  const std::string text = antler::summary_text(*this, visual::terminal_columns(), options);
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace antler
