#include "antler/saving/training_config.h"

#include "antler/core/error.h"
#include "antler/saving/portable_config.h"

namespace antler::saving {
namespace {

Json loss_to_config(const losses::Loss& loss) {
  const Json saved = loss.to_config();
  // By its full name: Keras 3 cannot load a file with a short one, such as "mse".
  if (!saved.is_object()) return loss.name();
  Json portable = portable_config("", saved);
  Json& config = portable["config"];
  config.erase("dtype");
  if (!config.contains("reduction")) config["reduction"] = "sum_over_batch_size";
  return portable;
}

Json metric_to_config(const metrics::Metric& metric) {
  return portable_config("", metric.to_config());
}

// Keras 2 writes "accuracy" as what it became: a mean of categorical_accuracy that is called accuracy.
Json plain_metric(const Json& saved) {
  if (!saved.is_object() || saved.value("class_name", "") != "MeanMetricWrapper") return saved;
  const Json& config = saved.at("config");
  const auto name = config.value("name", "");
  if (name == "accuracy" || name == "acc") return name;
  return config.contains("fn") ? config["fn"] : saved;
}

// What is saved for each output, in the outputs' order: Keras keeps a list, or a dictionary by the outputs'
// names.
std::vector<Json> for_each_output(const Json& saved, const std::vector<std::string>& outputs) {
  if (saved.is_array()) return {saved.begin(), saved.end()};
  std::vector<Json> all;
  for (const std::string& output : outputs) all.push_back(saved.at(output));
  return all;
}

bool is_single(const Json& saved) {
  return !saved.is_structured() || (saved.is_object() && saved.contains("class_name"));
}

// Lists may be nested, one for each output.
void collect_metrics(const Json& saved, const std::vector<std::string>& outputs,
                     std::vector<metrics::Metric>& into) {
  if (saved.is_null()) return;
  if (is_single(saved)) {
    into.push_back(metrics::Metric::from_config(plain_metric(saved)));
    return;
  }
  for (const Json& item : for_each_output(saved, outputs)) collect_metrics(item, outputs, into);
}

losses::Loss loss_from_config(Json saved) {
  if (saved.is_object() && saved.contains("config")) {
    Json& config = saved["config"];
    config.erase("fn");  // Keras 2 names the function beside the class that stands for it
    config.erase("dtype");
    if (config.value("reduction", "") == "auto") config["reduction"] = "sum_over_batch_size";
  }
  return losses::Loss::from_config(saved);
}

Losses losses_from_config(const Json& saved, const std::vector<std::string>& outputs) {
  if (is_single(saved)) return loss_from_config(saved);
  std::vector<losses::Loss> all;
  for (const Json& one : for_each_output(saved, outputs)) all.push_back(loss_from_config(one));
  if (all.empty()) throw Error("the list of the model's losses is empty");
  return Losses(std::move(all));
}

std::vector<double> loss_weights_from_config(const Json& saved, const std::vector<std::string>& outputs) {
  if (saved.is_null()) return {};
  if (!saved.is_structured()) return {saved.get<double>()};
  std::vector<double> all;
  for (const Json& one : for_each_output(saved, outputs)) all.push_back(one.get<double>());
  return all;
}

Json losses_to_config(const Losses& losses) {
  if (losses.size() == 1) return loss_to_config(losses.front());
  Json all = Json::array();
  for (const losses::Loss& loss : losses) all.push_back(loss_to_config(loss));
  return all;
}

// With several outputs a list for each of them, which Keras 3 insists on.
Json metrics_to_config(const Model& model) {
  Json all = Json::array();
  for (const metrics::Metric& metric : model.metrics()) {
    const Json one = metric_to_config(metric);
    all.push_back(model.outputs().size() > 1 ? Json::array({one}) : one);
  }
  return all;
}

std::vector<std::string> output_names(const Model& model) {
  std::vector<std::string> names;
  for (const Model::Source& output : model.outputs())
    names.push_back(model.calls()[static_cast<size_t>(output.call)].layer.name());
  return names;
}

}  // namespace

Json training_to_config(const Model& model, Flavour flavour) {
  const std::vector<double>& weights = model.compile_options().loss_weights;
  return {{"loss", losses_to_config(model.compile_options().loss)},
          {"metrics", metrics_to_config(model)},
          {"weighted_metrics", nullptr},
          {"loss_weights", weights.empty() ? Json() : Json(weights)},
          {"optimizer_config", optimizer_to_config(model.optimizer(), flavour)}};
}

bool has_loss(const Json& saved) {
  return saved.contains("loss") && !saved["loss"].is_null();
}

CompileOptions training_from_config(const Json& saved, const Model& model, Flavour flavour) {
  const std::vector<std::string> outputs = output_names(model);
  CompileOptions options;
  options.optimizer = optimizer_from_config(saved.at("optimizer_config"), flavour);
  options.loss = losses_from_config(saved.at("loss"), outputs);
  if (saved.contains("metrics")) collect_metrics(saved["metrics"], outputs, options.metrics);
  // Samples that all weigh the same make them plain metrics.
  if (saved.contains("weighted_metrics"))
    collect_metrics(saved["weighted_metrics"], outputs, options.metrics);
  if (saved.contains("loss_weights"))
    options.loss_weights = loss_weights_from_config(saved["loss_weights"], outputs);
  return options;
}

}  // namespace antler::saving
