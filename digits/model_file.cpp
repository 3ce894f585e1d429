#include "digits/model_file.h"

#include <algorithm>
#include <chrono>

#include "antler/core/error.h"
#include "antler/saving/saving.h"

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

Ensemble predict_with_all(const std::vector<std::filesystem::path>& paths, const Tensor& images,
                          const PredictOptions& options) {
  if (paths.empty()) throw Error("there is no model to predict with");
  std::vector<Model> models;
  for (const auto& path : paths) models.push_back(load_digit_model(path));

  Ensemble all{.probabilities = Tensor({images.rows(), 10})};
  for (Model& model : models) {
    const auto start = std::chrono::steady_clock::now();
    const Tensor probabilities = model.predict(images, options);
    all.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::ranges::transform(all.probabilities.span(), probabilities.span(), all.probabilities.data(),
                           std::plus());
  }
  const auto count = static_cast<float>(models.size());
  for (float& probability : all.probabilities.span()) probability /= count;
  return all;
}

}  // namespace antler::digits
