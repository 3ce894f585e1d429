#include "digits/model_file.h"

#include <fmt/core.h>

#include <chrono>
#include <utility>

#include "antler/core/error.h"
#include "antler/models/predict_mean.h"
#include "antler/saving/saving.h"
#include "digits/shipped_model.h"

namespace antler::digits {
namespace {

// True for the batch axis, of any extent, followed by `extents`.
bool is_batch_of(const Shape& shape, const Shape& extents) {
  return shape.rank() == extents.rank() + 1 && shape.without_batch() == extents;
}

}  // namespace

Model load_digit_model(const std::filesystem::path& path) {
  Model model = load_model(path);
  if (model.inputs().size() != 1 || model.outputs().size() != 1) {
    throw Error("{}: the model has {} inputs and {} outputs; a digit reader has one each", path.string(),
                model.inputs().size(), model.outputs().size());
  }
  if (!is_batch_of(model.input_shape(), {28, 28, 1})) {
    throw Error("{}: the model's input has the shape {}; a digit reader's is (None, 28, 28, 1)",
                path.string(), model.input_shape().to_string());
  }
  if (!is_batch_of(model.output_shape(), {10})) {
    throw Error("{}: the model's output has the shape {}; a digit reader's is (None, 10)", path.string(),
                model.output_shape().to_string());
  }
  return model;
}

std::filesystem::path member_file(const std::filesystem::path& folder, int number) {
  return folder / fmt::format("member-{:02}.keras", number);
}

std::filesystem::path unfinished_file(const std::filesystem::path& folder) {
  return folder / "unfinished.keras";
}

std::vector<Model> load_digit_models(const std::vector<std::filesystem::path>& paths) {
  std::vector<Model> models;
  for (const auto& path : paths) {
    if (!is_directory(path)) {
      models.push_back(load_digit_model(path));
      continue;
    }
    if (!exists(member_file(path, 1))) {
      throw Error("{}: is a folder without {}; expected a model, or the folder of an ensemble", path.string(),
                  member_file(path, 1).filename().string());
    }
    for (int number = 1; exists(member_file(path, number)); ++number)
      models.push_back(load_digit_model(member_file(path, number)));
  }
  if (models.empty()) models.push_back(shipped_model());
  return models;
}

Ensemble predict_with_all(const std::vector<std::filesystem::path>& paths, const Tensor& images,
                          const ReadingOptions& options) {
  std::vector<Model> models = load_digit_models(paths);
  const PredictMeanOptions how{.views = options.moved ? nine_views() : std::vector<TensorView>{},
                               .batch_size = options.batch_size,
                               .verbose = options.verbose};
  const auto start = std::chrono::steady_clock::now();
  Tensor probabilities = predict_mean(models, images, how);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return {.probabilities = std::move(probabilities), .seconds = took.count()};
}

}  // namespace antler::digits
