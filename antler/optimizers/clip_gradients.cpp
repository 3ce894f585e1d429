#include "antler/optimizers/clip_gradients.h"

#include <algorithm>
#include <cmath>

#include "antler/ops/gradients.h"

namespace antler::optimizers {
namespace {

// As in Keras, a limit of 0 is none.
bool is_set(const std::optional<double>& limit) {
  return limit.value_or(0.0) > 0.0;
}

// A norm of NaN makes all NaN, as in Keras.
void clip_norm(Tensor& gradient, float limit) {
  const auto norm = static_cast<float>(std::sqrt(ops::sum_of_squares(gradient.view())));
  ops::scale(gradient.view(), limit, std::isnan(norm) ? norm : std::max(norm, limit));
}

// In Keras's order of float32 operations. A norm that is not finite makes all NaN.
void clip_global_norm(std::span<Tensor> gradients, float limit) {
  double squares = 0.0;
  for (const Tensor& gradient : gradients) squares += ops::sum_of_squares(gradient.view());
  const auto norm = static_cast<float>(std::sqrt(squares));
  const float factor = limit * std::min(1.0F / norm, 1.0F / limit) + (norm - norm);
  for (Tensor& gradient : gradients) ops::scale(gradient.view(), factor, 1.0F);
}

}  // namespace

bool clips_gradients(const SharedOptions& options) {
  return is_set(options.clipnorm) || is_set(options.global_clipnorm) || is_set(options.clipvalue);
}

void clip_gradients(std::span<Tensor> gradients, const SharedOptions& options) {
  if (is_set(options.clipnorm)) {
    for (Tensor& gradient : gradients) clip_norm(gradient, static_cast<float>(*options.clipnorm));
  } else if (is_set(options.global_clipnorm)) {
    clip_global_norm(gradients, static_cast<float>(*options.global_clipnorm));
  } else if (is_set(options.clipvalue)) {
    for (Tensor& gradient : gradients) ops::clip(gradient.view(), static_cast<float>(*options.clipvalue));
  }
}

}  // namespace antler::optimizers
