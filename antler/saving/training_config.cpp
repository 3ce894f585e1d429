#include "antler/saving/training_config.h"

#include "antler/core/error.h"
#include "antler/saving/optimizer_config.h"
#include "antler/saving/portable_config.h"

namespace antler::saving {
namespace {

Json loss_to_config(const Losses::Each& loss, Flavour flavour) {
  if (!loss) return nullptr;
  const Json saved = loss->to_config();
  if (flavour == Flavour::keras3) return saved;
  // By its full name: Keras 3 cannot load a file with a short one, such as "mse".
  if (!saved.is_object()) return loss->name();
  return portable_config("", saved);
}

Json metric_to_config(const metrics::Metric& metric, Flavour flavour) {
  return flavour == Flavour::keras3 ? metric.to_config() : portable_config("", metric.to_config());
}

bool is_single(const Json& saved) {
  return !saved.is_structured() || (saved.is_object() && saved.contains("class_name"));
}

// What is saved for each output, in the outputs' order: Keras keeps a list, or a dictionary by the outputs'
// names, in which some may be missing.
std::vector<Json> for_each_output(const Json& saved, const std::vector<std::string>& outputs) {
  if (saved.is_array()) return {saved.begin(), saved.end()};
  std::vector<Json> all;
  for (const std::string& output : outputs) all.push_back(saved.value(output, Json()));
  return all;
}

// Lists may be nested.
void collect_metrics(const Json& saved, Metrics::Each& into) {
  if (saved.is_null()) return;
  if (is_single(saved)) {
    into.push_back(metrics::Metric::from_config(saved));
    return;
  }
  for (const Json& item : saved) collect_metrics(item, into);
}

Metrics metrics_from_config(const Json& saved, const std::vector<std::string>& outputs) {
  if (saved.is_null()) return {};
  std::vector<Metrics::Each> lists(outputs.size());
  if (outputs.size() == 1) {
    collect_metrics(saved, lists[0]);
    return Metrics(std::move(lists));
  }
  const std::vector<Json> saved_lists = for_each_output(saved, outputs);
  const bool one_each = saved_lists.size() == outputs.size();
  for (size_t i = 0; i < lists.size(); ++i) {
    collect_metrics(one_each ? saved_lists[i] : saved, lists[i]);  // Keras 2: all metrics for each output
  }
  return Metrics(std::move(lists));
}

Losses::Each loss_from_config(const Json& saved) {
  if (saved.is_null()) return std::nullopt;
  return losses::Loss::from_config(saved);
}

Losses losses_from_config(const Json& saved, const std::vector<std::string>& outputs) {
  if (is_single(saved)) return Losses({loss_from_config(saved)});
  std::vector<Losses::Each> all;
  for (const Json& one : for_each_output(saved, outputs)) all.push_back(loss_from_config(one));
  if (all.empty()) throw Error("the list of the model's losses is empty");
  return Losses(std::move(all));
}

LossWeights loss_weights_from_config(const Json& saved, const std::vector<std::string>& outputs) {
  if (saved.is_null()) return {};
  if (!saved.is_structured()) return {saved.get<double>()};
  std::vector<double> all;
  for (const Json& one : for_each_output(saved, outputs))
    all.push_back(one.is_null() ? 1.0 : one.get<double>());
  return all;
}

Json losses_to_config(const Losses& losses, Flavour flavour) {
  if (losses.size() == 1) return loss_to_config(losses.of_output(0), flavour);
  Json all = Json::array();
  for (size_t i = 0; i < losses.size(); ++i) all.push_back(loss_to_config(losses.of_output(i), flavour));
  return all;
}

// With several outputs a list for each of them, which Keras 3 insists on.
Json metrics_to_config(const Metrics& metrics, size_t outputs, Flavour flavour) {
  Json lists = Json::array();
  for (size_t i = 0; i < outputs; ++i) {
    Json list = Json::array();
    for (const metrics::Metric& metric : metrics.of_output(i))
      list.push_back(metric_to_config(metric, flavour));
    lists.push_back(list);
  }
  return outputs == 1 ? lists[0] : lists;
}

std::vector<std::string> output_names(const Model& model) {
  if (model.outputs().empty()) return {""};
  std::vector<std::string> names;
  for (const Model::Source& output : model.outputs())
    names.push_back(model.calls()[static_cast<size_t>(output.call)].layer.name());
  return names;
}

}  // namespace

Json training_to_config(const Model& model, Flavour flavour) {
  const CompileOptions& options = model.compile_options();
  const size_t outputs = std::max<size_t>(model.outputs().size(), 1);
  const bool weighted = !options.weighted_metrics.all().empty();
  return {
      {"loss", losses_to_config(options.loss, flavour)},
      {"metrics", metrics_to_config(options.metrics, outputs, flavour)},
      {"weighted_metrics", weighted ? metrics_to_config(options.weighted_metrics, outputs, flavour) : Json()},
      {"loss_weights", options.loss_weights.empty() ? Json() : Json(options.loss_weights.values())},
      {"optimizer_config", optimizer_to_config(model.optimizer(), flavour)}};
}

Json compile_to_config(const Model& model) {
  Json config = {{"optimizer", optimizer_to_config(model.optimizer(), Flavour::keras3)}};
  const Json training = training_to_config(model, Flavour::keras3);
  for (const auto& [key, value] : training.items()) {
    if (key != "optimizer_config") config[key] = value;
  }
  config.update({{"run_eagerly", false}, {"steps_per_execution", 1}, {"jit_compile", false}});
  return config;
}

Json training_of_compile_config(Json saved) {
  if (!saved.is_object() || !saved.contains("optimizer")) return saved;
  const Json& optimizer = saved["optimizer"];
  const bool only_named = optimizer.is_string();
  saved["optimizer_config"] =
      only_named ? Json{{"class_name", optimizer}, {"config", Json::object()}} : Json(optimizer);
  return saved;
}

bool has_loss(const Json& saved) {
  return saved.contains("loss") && !saved["loss"].is_null();
}

CompileOptions training_from_config(const Json& saved, const Model& model, Flavour flavour) {
  const std::vector<std::string> outputs = output_names(model);
  CompileOptions options;
  options.optimizer = optimizer_from_config(saved.at("optimizer_config"), flavour);
  options.loss = losses_from_config(saved.at("loss"), outputs);
  options.metrics = metrics_from_config(saved.value("metrics", Json()), outputs);
  options.weighted_metrics = metrics_from_config(saved.value("weighted_metrics", Json()), outputs);
  if (saved.contains("loss_weights"))
    options.loss_weights = loss_weights_from_config(saved["loss_weights"], outputs);
  return options;
}

}  // namespace antler::saving
