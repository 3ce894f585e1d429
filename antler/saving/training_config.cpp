#include "antler/saving/training_config.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "antler/core/error.h"
#include "antler/saving/portable_config.h"

namespace antler::saving {
namespace {

// The optimizer of a Keras 2 file. The formula is the one it wraps; that it is here says that the file is to
// be Keras 2's again when the model is saved.
class Keras2Rule final : public optimizers::Rule {
 public:
  explicit Keras2Rule(std::shared_ptr<const optimizers::Rule> rule) : rule_(std::move(rule)) {}
  std::string class_name() const override { return rule_->class_name(); }
  Json config() const override { return rule_->config(); }
  std::vector<std::string> slots() const override { return rule_->slots(); }
  float initial_slot_value(size_t slot) const override { return rule_->initial_slot_value(slot); }
  void update(View weight, ConstView gradient, std::span<const View> slots, double learning_rate,
              int64_t iteration) const override {
    rule_->update(weight, gradient, slots, learning_rate, iteration);
  }

 private:
  std::shared_ptr<const optimizers::Rule> rule_;
};

std::shared_ptr<const optimizers::Rule> share(const optimizers::Optimizer& optimizer) {
  // The optimizer shares its rule with the copy that lives as long as what is returned.
  const auto owner = std::make_shared<optimizers::Optimizer>(optimizer);
  return {owner, &owner->rule()};
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Words of Keras 3 that say nothing at these values, and that Keras 2's older optimizers refuse.
bool says_nothing(const std::string& key, const Json& value) {
  constexpr std::array<std::string_view, 2> of_averages = {"ema_momentum", "ema_overwrite_frequency"};
  return value.is_null() || (key == "use_ema" && value == false) ||
         std::ranges::find(of_averages, key) != of_averages.end();
}

bool same(const Json& a, const Json& b) {
  return a == b || (a.is_number() && b.is_number() && a.get<float>() == b.get<float>());
}

// Whether all settings but the name are those of Keras, to the precision that Keras keeps them in.
bool is_default(const std::string& class_name, const Json& config) {
  const Json usual = optimizers::Optimizer(lower(class_name)).config();
  return std::ranges::all_of(config.items(), [&](const auto& item) {
    return item.key() == "name" || (usual.contains(item.key()) && same(item.value(), usual[item.key()]));
  });
}

// Keras 2 reads an empty configuration as its new optimizers with their usual settings, but one with
// settings, unless it is marked in a way that Keras 3 refuses, as its old ones. Where it can be empty it is.
Json optimizer_for_both(const std::string& class_name, const Json& config) {
  Json kept = Json::object();
  if (!is_default(class_name, config)) {
    for (const auto& [key, value] : config.items()) {
      if (!says_nothing(key, value)) kept[key] = value;
    }
  }
  return {{"class_name", class_name}, {"config", kept}};
}

Json optimizer_for_keras2(const std::string& class_name, const Json& config) {
  Json all = {{"name", class_name},   {"weight_decay", nullptr},
              {"clipnorm", nullptr},  {"global_clipnorm", nullptr},
              {"clipvalue", nullptr}, {"use_ema", false},
              {"ema_momentum", 0.99}, {"ema_overwrite_frequency", nullptr},
              {"jit_compile", false}, {"is_legacy_optimizer", false}};
  for (const auto& [key, value] : config.items()) {
    const bool of_keras3 = key == "loss_scale_factor" || key == "gradient_accumulation_steps";
    if (!of_keras3 && key != "name") all[key] = value;
  }
  return {{"class_name", "Custom>" + class_name}, {"config", all}};
}

Json optimizer_to_keras3_config(const optimizers::Optimizer& optimizer) {
  return {{"module", "keras.optimizers"},
          {"class_name", optimizer.rule().class_name()},
          {"config", optimizer.config()},
          {"registered_name", nullptr}};
}

Json optimizer_to_config(const optimizers::Optimizer& optimizer, Flavour flavour) {
  const std::string class_name = optimizer.rule().class_name();
  if (flavour == Flavour::keras3) return optimizer_to_keras3_config(optimizer);
  return flavour == Flavour::keras2 ? optimizer_for_keras2(class_name, optimizer.config())
                                    : optimizer_for_both(class_name, optimizer.config());
}

Json loss_to_config(const losses::Loss& loss, Flavour flavour) {
  const Json saved = loss.to_config();
  if (flavour == Flavour::keras3) return saved;
  // By its full name: Keras 3 cannot load a file with a short one, such as "mse".
  if (!saved.is_object()) return loss.name();
  Json portable = portable_config("", saved);
  Json& config = portable["config"];
  config.erase("dtype");
  if (!config.contains("reduction")) config["reduction"] = "sum_over_batch_size";
  return portable;
}

Json metric_to_config(const metrics::Metric& metric, Flavour flavour) {
  return flavour == Flavour::keras3 ? metric.to_config() : portable_config("", metric.to_config());
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

optimizers::Optimizer optimizer_from_config(const Json& saved) {
  auto class_name = saved.at("class_name").get<std::string>();
  class_name = class_name.substr(class_name.find('>') + 1);  // "Custom>RMSprop"
  const Json& config = saved.at("config");
  return config.empty() ? optimizers::Optimizer(lower(class_name))
                        : optimizers::Optimizer::from_config(class_name, config);
}

Json losses_to_config(const Losses& losses, Flavour flavour) {
  if (losses.size() == 1) return loss_to_config(losses.front(), flavour);
  Json all = Json::array();
  for (const losses::Loss& loss : losses) all.push_back(loss_to_config(loss, flavour));
  return all;
}

// With several outputs a list for each of them, which Keras 3 insists on.
Json metrics_to_config(const Model& model, Flavour flavour) {
  Json all = Json::array();
  for (const metrics::Metric& metric : model.metrics()) {
    const Json one = metric_to_config(metric, flavour);
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
  return {{"loss", losses_to_config(model.compile_options().loss, flavour)},
          {"metrics", metrics_to_config(model, flavour)},
          {"weighted_metrics", nullptr},
          {"loss_weights", weights.empty() ? Json() : Json(weights)},
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
  options.optimizer = optimizer_from_config(saved.at("optimizer_config"));
  if (flavour == Flavour::keras2) {
    const optimizers::Optimizer read = options.optimizer;
    options.optimizer = {std::make_shared<Keras2Rule>(share(read)), read.learning_rate(), read.name()};
  }
  options.loss = losses_from_config(saved.at("loss"), outputs);
  if (saved.contains("metrics")) collect_metrics(saved["metrics"], outputs, options.metrics);
  // Samples that all weigh the same make them plain metrics.
  if (saved.contains("weighted_metrics"))
    collect_metrics(saved["weighted_metrics"], outputs, options.metrics);
  if (saved.contains("loss_weights"))
    options.loss_weights = loss_weights_from_config(saved["loss_weights"], outputs);
  return options;
}

Flavour flavour_of(const optimizers::Optimizer& optimizer) {
  return dynamic_cast<const Keras2Rule*>(&optimizer.rule()) != nullptr ? Flavour::keras2 : Flavour::both;
}

}  // namespace antler::saving
