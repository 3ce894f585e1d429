#include "antler/models/predict_mean.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/parallel.h"

namespace antler {
namespace {

void add(const Tensor& prediction, Tensor& sum) {
  if (sum.empty()) {
    sum = prediction;
    return;
  }
  if (prediction.shape() != sum.shape()) {
    throw Error("models predict tensors of the shapes {} and {}; a mean needs one shape",
                sum.shape().to_string(), prediction.shape().to_string());
  }
  std::ranges::transform(sum.span(), prediction.span(), sum.data(), std::plus());
}

}  // namespace

Tensor predict_mean(std::span<Model> models, const Tensor& x, const PredictMeanOptions& options) {
  if (models.empty()) throw Error("there is no model to predict with");
  const PredictOptions how{.batch_size = options.batch_size, .verbose = options.verbose};
  Tensor sum;
  for (Model& model : models) {
    if (options.views.empty()) add(model.predict(x, how), sum);
    for (const TensorView& view : options.views) add(model.predict(view(x), how), sum);
  }
  const auto count = static_cast<float>(models.size() * std::max<size_t>(options.views.size(), 1));
  for (float& each : sum.span()) each /= count;
  return sum;
}

Tensor predict_mean(Model& model, const Tensor& x, const PredictMeanOptions& options) {
  return predict_mean(std::span(&model, 1), x, options);
}

TensorView moved_images(int64_t down, int64_t right) {
  return [down, right](const Tensor& images) {
    const Shape& shape = images.shape();
    if (shape.rank() != 4) {
      throw Error("images to be moved have the shape {}; expected (batch, height, width, channels)",
                  shape.to_string());
    }
    Tensor moved(shape);
    const int64_t height = shape[1];
    const int64_t row = shape[2] * shape[3];
    const int64_t shift = std::clamp(right, -shape[2], shape[2]) * shape[3];
    parallel_for(shape[0] * height, [&](int64_t begin, int64_t end, int /*thread*/) {
      for (int64_t i = begin; i < end; ++i) {
        const int64_t from = i % height - down;
        if (from < 0 || from >= height) continue;
        const float* source = images.data() + (i - down) * row;
        std::copy(source + std::max<int64_t>(-shift, 0), source + row - std::max<int64_t>(shift, 0),
                  moved.data() + i * row + std::max<int64_t>(shift, 0));
      }
    });
    return moved;
  };
}

std::vector<TensorView> nine_views() {
  std::vector<TensorView> views;
  for (const int64_t down : {0, -1, 1}) {
    for (const int64_t right : {0, -1, 1}) views.push_back(moved_images(down, right));
  }
  return views;
}

}  // namespace antler
