#include "antler/losses/loss.h"

#include <utility>

#include "antler/core/error.h"
#include "antler/losses/kinds.h"
#include "antler/ops/reshape.h"

namespace antler::losses {

struct Loss::Definition {
  std::string name;
  Recipe recipe;
  Reduction reduction = Reduction::sum_over_batch_size;
  Json saved;
};

namespace {

using graph::Graph;
using graph::Value;

Value reshaped(Graph& graph, Value value, const Shape& shape) {
  ops::Reshape operation;
  operation.shape = shape.without_batch();
  return graph.apply(operation, {value});
}

Shape with_last_axis(const Shape& shape) {
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents.push_back(1);
  return Shape(extents);
}

// Keras's squeeze_or_expand_to_same_rank: `longer` has one axis more, of extent 1.
void fit_ranks(Graph& graph, Value& longer, Value& shorter) {
  const Shape long_shape = graph.shape(longer);
  const Shape short_shape = graph.shape(shorter);
  if (long_shape.rank() != short_shape.rank() + 1 || long_shape.back() != 1) return;
  if (short_shape.rank() == 1) {
    shorter = reshaped(graph, shorter, with_last_axis(short_shape));
  } else {
    const auto kept = long_shape.extents().first(long_shape.extents().size() - 1);
    longer = reshaped(graph, longer, Shape(kept));
  }
}

// A function as Keras saves it: a name, or an object that holds the name.
std::string function_name(const Json& function, const std::string& where) {
  const Json& name = function.is_object() && function.contains("config") ? function["config"] : function;
  if (!name.is_string()) throw Error("{}: no name of a function: {}", where, dump_json(function));
  return name.get<std::string>();
}

std::shared_ptr<const Loss::Definition> named(const std::string& name) {
  const Kind& kind = kind_of(name);
  const Json none;
  Settings settings(none, fmt::format("loss '{}'", name));
  return std::make_shared<const Loss::Definition>(
      Loss::Definition{.name = std::string(kind.name), .recipe = kind.read(settings), .saved = name});
}

std::shared_ptr<const Loss::Definition> configured(const Kind& kind, const Json& config) {
  Settings settings(config, fmt::format("loss '{}'", kind.class_name));
  Recipe recipe = kind.read(settings);
  const std::string default_name(kind.class_name == "Huber" ? "huber_loss" : kind.name);
  const Reduction reduction = config.contains("reduction")
                                  ? reduction_from_config(settings.raw("reduction"), settings.where())
                                  : Reduction::sum_over_batch_size;
  Json written = {{"name", settings.text("name", default_name)},
                  {"reduction", reduction_to_config(reduction)}};
  written.update(recipe.config);
  settings.ignore({"fn", "dtype"});
  settings.finish();
  const Json saved = {{"module", "keras.losses"},
                      {"class_name", kind.class_name},
                      {"config", written},
                      {"registered_name", nullptr}};
  return std::make_shared<const Loss::Definition>(Loss::Definition{
      .name = std::string(kind.name), .recipe = std::move(recipe), .reduction = reduction, .saved = saved});
}

}  // namespace

Loss::Loss(const char* name) : Loss(std::string(name)) {}
Loss::Loss(const std::string& name) : Loss(named(name)) {}
Loss::Loss(std::shared_ptr<const Definition> definition) : definition_(std::move(definition)) {}

Loss Loss::from_config(const Json& saved) {
  if (saved.is_string()) return Loss(saved.get<std::string>());
  if (!saved.is_object() || !saved.contains("class_name") || !saved["class_name"].is_string()) {
    throw Error("a loss is {}; expected a name or an object with \"class_name\"", dump_json(saved));
  }
  const auto class_name = saved["class_name"].get<std::string>();
  const Json config = saved.value("config", Json());
  if (class_name == "function") return Loss(function_name(saved, "a loss"));
  if (class_name == "LossFunctionWrapper") {
    const Json function = config.is_object() ? config.value("fn", Json()) : Json();
    return Loss(configured(kind_of(function_name(function, "loss 'LossFunctionWrapper'")), config));
  }
  return Loss(configured(kind_of(class_name), config));
}

Json Loss::to_config() const {
  return definition_->saved;
}

const std::string& Loss::name() const {
  return definition_->name;
}

Reduction Loss::reduction() const {
  return definition_->reduction;
}

Value Loss::lower(Graph& graph, Value y_true, Value y_pred) const {
  fit_ranks(graph, y_true, y_pred);
  fit_ranks(graph, y_pred, y_true);
  return definition_->recipe.lower(graph, y_true, y_pred);
}

bool Loss::counts(const BatchLosses& batch, size_t value) const {
  return !definition_->recipe.counts || definition_->recipe.counts(batch, value);
}

double Loss::reduce(const BatchLosses& batch) const {
  std::vector<float> each(static_cast<size_t>(batch.values.size()));
  shares(batch, each);
  double sum = 0.0;
  for (size_t i = 0; i < each.size(); ++i) sum += double{each[i]} * double{batch.values.data[i]};
  const bool is_mean_of_shares = definition_->reduction == Reduction::none && !each.empty();
  return is_mean_of_shares ? sum / static_cast<double>(each.size()) : sum;
}

void Loss::shares(const BatchLosses& batch, std::span<float> shares) const {
  fill_shares(definition_->reduction, batch, definition_->recipe.counts, shares);
}

}  // namespace antler::losses
