#include "digits/server/application.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/models/plot.h"
#include "antler/models/summary_text.h"
#include "digits/model_file.h"
#include "digits/recipe.h"
#include "digits/server/guard.h"
#include "digits/server/requests.h"
#include "digits/server/shown_digit.h"

namespace antler::digits::server {
namespace {

constexpr int64_t summary_columns = 78;
constexpr int64_t most_epochs = 1000;
constexpr int64_t most_members = 100;

Tensor digit_in(const Json& request) {
  const GreyPicture shades = picture(request);
  try {
    return centred_digit(shades);
  } catch (const Error& error) {
    throw Refusal(400, error.what());
  }
}

TrainingRequest training_request(const Json& request) {
  TrainingRequest wanted{.recipe = text(request, "recipe"),
                         .epochs = static_cast<int>(whole_number(request, "epochs", 1, most_epochs))};
  const auto names = recipe_names();
  if (std::ranges::find(names, wanted.recipe) == names.end())
    throw Refusal(400, fmt::format("\"recipe\" must be one of {}", fmt::join(names, ", ")));
  if (wanted.recipe == ensemble_recipe)
    wanted.members = static_cast<int>(whole_number(request, "members", 1, most_members));
  return wanted;
}

}  // namespace

std::string name_of(const std::optional<std::filesystem::path>& model) {
  if (!model) return "antler's own model";
  return (model->has_filename() ? *model : model->parent_path()).filename().string();
}

// Beside the reader, which has its thread, a copy for what takes longer.
struct Application::Loaded {
  Loaded(std::string of_id, const std::optional<std::filesystem::path>& file)
      : id(std::move(of_id)),
        name(name_of(file)),
        models(load_digit_models(file ? std::vector{*file} : std::vector<std::filesystem::path>())),
        reader(models) {}

  const Model& first() const { return models.front(); }

  std::string id;  // "given" or "kept"
  std::string name;
  std::vector<Model> models;
  mutable Reader reader;
};

Application::Application(const Files& files)
    : files_(files), loaded_(std::make_shared<const Loaded>("given", files.model)) {
  if (!files_.data) return;
  training_.emplace(*files_.data, files_.kept);
  results_.emplace(*files_.data);
}

std::shared_ptr<const Application::Loaded> Application::loaded() const {
  const std::scoped_lock lock(guard_);
  return loaded_;
}

void Application::require_data(const char* what) const {
  if (!files_.data)
    throw Refusal(409,
                  fmt::format("there are no digits to {}: start the server with --data train.csv", what));
}

std::optional<std::filesystem::path> Application::kept() const {
  return training_ ? training_->kept_model() : std::nullopt;
}

Json Application::status() const {
  Json models = Json::array({{{"id", "given"}, {"name", name_of(files_.model)}}});
  if (const auto file = kept()) models.push_back({{"id", "kept"}, {"name", name_of(file)}});
  return {{"model", loaded()->id},
          {"models", std::move(models)},
          {"recipes", recipe_names()},
          {"data", files_.data ? Json(files_.data->filename().string()) : Json(nullptr)},
          {"kept", training_ ? training_->kept_count() : 0}};
}

Json Application::model() const {
  const auto now = loaded();
  return {{"id", now->id},
          {"name", now->name},
          {"networks", now->models.size()},
          {"parameters", now->first().count_params()},
          {"summary", summary_text(now->first(), summary_columns)}};
}

std::string Application::diagram() const {
  return model_to_svg(loaded()->first());
}

Json Application::use_model(const Json& request) {
  const std::string id = text(request, "id");
  if (id != "given" && id != "kept")
    throw Refusal(400, "\"id\" must be that of one of the models, \"given\" or \"kept\"");
  const auto file = id == "given" ? files_.model : kept();
  if (id == "kept" && !file) throw Refusal(409, "no model was kept yet: train one first");
  auto next = std::make_shared<const Loaded>(id, file);
  {
    const std::scoped_lock lock(guard_);
    loaded_.swap(next);
  }
  return model();
}

Json Application::predict(const Json& request) const {
  const Tensor image = digit_in(request);
  const Probabilities probabilities = loaded()->reader.read(image);
  return {{"digit", std::ranges::max_element(probabilities) - probabilities.begin()},
          {"probabilities", probabilities},
          {"pixels", pixels_json(image.reshape({1, 28, 28, 1}), 0)}};
}

Json Application::layers(const Json& request) const {
  return {{"layers", loaded()->reader.layers(digit_in(request))}};
}

Json Application::training() const {
  return training_ ? training_->state() : Json{{"state", "none"}};
}

Json Application::start_training(const Json& request) {
  require_data("train on");
  if (!training_->start(training_request(request)))
    throw Refusal(409, "a training is under way: stop it first");
  return training();
}

Json Application::stop_training() {
  if (!training_ || !training_->stop()) throw Refusal(409, "no training is under way");
  return training();
}

Json Application::results() const {
  return results_ ? results_->state() : Json{{"state", "none"}};
}

Json Application::start_results() {
  require_data("judge the model by");
  const auto now = loaded();
  results_->start(now->models, now->name);
  return results();
}

}  // namespace antler::digits::server
