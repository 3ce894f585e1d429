// The changes that mix the samples of a batch with each other.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/augmentation.h"
#include "antler/data/beta.h"
#include "antler/data/draws.h"
#include "antler/data/rows.h"
#include "antler/ops/rectangle.h"

namespace antler::augment {
namespace {

// For each sample of a batch the other one, and how much the one counts: 0 to 1.
struct Mixture {
  std::vector<int64_t> others;
  std::vector<float> weights;
};

void check_alpha(double alpha) {
  if (!(alpha > 0.0 && alpha <= 1e6))
    throw Error("alpha of mixed samples is {}; expected more than 0, and up to a million", alpha);
}

// Class numbers have no values between them.
void check_targets(const Batch& batch) {
  for (const Tensor& y : batch.y) {
    const bool is_column = y.size() == y.rows();
    const bool is_whole = std::ranges::all_of(y.span(), [](float each) { return each == std::floor(each); });
    if (is_column && is_whole && std::ranges::any_of(y.span(), [](float each) { return each > 1.0F; })) {
      throw Error(
          "the targets to be mixed, of shape {}, are class numbers; expected one-hot: to_categorical()",
          y.shape().to_string());
    }
  }
}

Mixture drawn_mixture(const RandomStream& order, const RandomStream& weights, int64_t rows, double alpha) {
  Mixture mixture{.others = order.permutation(rows), .weights = {}};
  for (int64_t row = 0; row < rows; ++row) {
    Draws draws(weights, row);
    mixture.weights.push_back(drawn_beta(draws, alpha));
  }
  return mixture;
}

// weights[i] * row i + (1 - weights[i]) * row others[i].
void mix(Tensor& tensor, const Mixture& mixture) {
  if (tensor.empty()) return;
  const Tensor others = gather_rows(tensor, mixture.others);
  const int64_t floats = tensor.size() / tensor.rows();
  for (int64_t row = 0; row < tensor.rows(); ++row) {
    const float weight = mixture.weights[static_cast<size_t>(row)];
    float* to = tensor.data() + row * floats;
    const float* other = others.data() + row * floats;
    for (int64_t i = 0; i < floats; ++i) to[i] = weight * to[i] + (1.0F - weight) * other[i];
  }
}

void mix_targets(Batch& batch, const Mixture& mixture) {
  check_targets(batch);
  for (Tensor& each : batch.y) mix(each, mixture);
  mix(batch.sample_weight, mixture);
}

// The share 1 - weight of each image, and the weights made those of whole pixels.
void exchange_rectangles(Tensor& images, const RandomStream& random, Mixture& mixture) {
  const Tensor others = gather_rows(images, mixture.others);
  const Shape& shape = images.shape();
  for (int64_t row = 0; row < shape[0]; ++row) {
    float& weight = mixture.weights[static_cast<size_t>(row)];
    Draws draws(random, row);
    const float share = std::sqrt(1.0F - weight);
    const ops::Side rows = ops::side_of(shape[1], share, draws.uniform());
    const ops::Side columns = ops::side_of(shape[2], share, draws.uniform());
    for (int64_t y = rows.begin; y < rows.end; ++y) {
      const int64_t at = ((row * shape[1] + y) * shape[2] + columns.begin) * shape[3];
      std::copy_n(others.data() + at, columns.count() * shape[3], images.data() + at);
    }
    weight =
        1.0F - static_cast<float>(rows.count() * columns.count()) / static_cast<float>(shape[1] * shape[2]);
  }
}

}  // namespace

Change mixup(const MixupOptions& options, uint64_t seed) {
  check_alpha(options.alpha);
  return [options, seed](Batch batch, const BatchPlace& place) {
    const Mixture mixture =
        drawn_mixture(stream_at(seed, stream_of("mixup order"), place),
                      stream_at(seed, stream_of("mixup weights"), place), batch.rows(), options.alpha);
    for (Tensor& each : batch.x) mix(each, mixture);
    mix_targets(batch, mixture);
    return batch;
  };
}

Change cutmix(const CutmixOptions& options, uint64_t seed) {
  check_alpha(options.alpha);
  return [options, seed](Batch batch, const BatchPlace& place) {
    Mixture mixture =
        drawn_mixture(stream_at(seed, stream_of("cutmix order"), place),
                      stream_at(seed, stream_of("cutmix weights"), place), batch.rows(), options.alpha);
    check_images(batch.x.front());
    exchange_rectangles(batch.x.front(), stream_at(seed, stream_of("cutmix rectangles"), place), mixture);
    mix_targets(batch, mixture);
    return batch;
  };
}

}  // namespace antler::augment
