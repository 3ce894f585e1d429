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

Json loss_to_config(const Losses::Each& loss) {
  if (!loss) return nullptr;
  const Json saved = loss->to_config();
  // By its full name: Keras 3 cannot load a file with a short one, such as "mse".
  if (!saved.is_object()) return loss->name();
  return portable_config("", saved);
}

Json metric_to_config(const metrics::Metric& metric) {
  return portable_config("", metric.to_config());
}

// Keras 2 writes "accuracy" as what it became: a mean of categorical_accuracy that is called accuracy.
Json plain_metric(const Json& saved) {
  if (!saved.is_object() || saved.value("class_name", "") != "MeanMetricWrapper") return saved;
  const auto name = saved.at("config").value("name", "");
  return name == "accuracy" || name == "acc" ? Json(name) : saved;
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
    into.push_back(metrics::Metric::from_config(plain_metric(saved)));
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

optimizers::Optimizer optimizer_from_config(const Json& saved) {
  auto class_name = saved.at("class_name").get<std::string>();
  class_name = class_name.substr(class_name.find('>') + 1);  // "Custom>RMSprop"
  const Json& config = saved.at("config");
  return config.empty() ? optimizers::Optimizer(lower(class_name))
                        : optimizers::Optimizer::from_config(class_name, config);
}

Json losses_to_config(const Losses& losses) {
  if (losses.size() == 1) return loss_to_config(losses.of_output(0));
  Json all = Json::array();
  for (size_t i = 0; i < losses.size(); ++i) all.push_back(loss_to_config(losses.of_output(i)));
  return all;
}

// With several outputs a list for each of them, which Keras 3 insists on.
Json metrics_to_config(const Metrics& metrics, size_t outputs) {
  Json lists = Json::array();
  for (size_t i = 0; i < outputs; ++i) {
    Json list = Json::array();
    for (const metrics::Metric& metric : metrics.of_output(i)) list.push_back(metric_to_config(metric));
    lists.push_back(list);
  }
  return outputs == 1 ? lists[0] : lists;
}

std::vector<std::string> output_names(const Model& model) {
  if (model.outputs().empty()) return {""};
  std::vector<std::string> names;
  for (int output : model.outputs()) names.push_back(model.calls()[static_cast<size_t>(output)].layer.name());
  return names;
}

}  // namespace

Json training_to_config(const Model& model, Flavour flavour) {
  const optimizers::Optimizer& optimizer = model.optimizer();
  const std::string class_name = optimizer.rule().class_name();
  const CompileOptions& options = model.compile_options();
  const size_t outputs = std::max<size_t>(model.outputs().size(), 1);
  const bool weighted = !options.weighted_metrics.all().empty();
  return {
      {"loss", losses_to_config(options.loss)},
      {"metrics", metrics_to_config(options.metrics, outputs)},
      {"weighted_metrics", weighted ? metrics_to_config(options.weighted_metrics, outputs) : Json()},
      {"loss_weights", options.loss_weights.empty() ? Json() : Json(options.loss_weights.values())},
      {"optimizer_config", flavour == Flavour::keras2 ? optimizer_for_keras2(class_name, optimizer.config())
                                                      : optimizer_for_both(class_name, optimizer.config())}};
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
  options.metrics = metrics_from_config(saved.value("metrics", Json()), outputs);
  options.weighted_metrics = metrics_from_config(saved.value("weighted_metrics", Json()), outputs);
  if (saved.contains("loss_weights"))
    options.loss_weights = loss_weights_from_config(saved["loss_weights"], outputs);
  return options;
}

Flavour flavour_of(const optimizers::Optimizer& optimizer) {
  return dynamic_cast<const Keras2Rule*>(&optimizer.rule()) != nullptr ? Flavour::keras2 : Flavour::both;
}

}  // namespace antler::saving
