#include "antler/ops/random_erasing.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/ops/rectangle.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

struct Rectangle {
  Side rows{0, 0};
  Side columns{0, 0};
};

// Empty where nothing is erased.
Rectangle rectangle_of(const RandomErasing& op, const RandomStream& random, int64_t image,
                       const Shape& shape) {
  const uint64_t first = 8 * static_cast<uint64_t>(image);
  if (!(random.uniform(first) < op.probability.at(random.uniform(first + 1)))) return {};
  const auto side = [&](int64_t extent, uint64_t number) {
    return side_of(extent, std::sqrt(op.scale.at(random.uniform(number))), random.uniform(number + 1));
  };
  return {side(shape[1], first + 2), side(shape[2], first + 4)};
}

// Calls work(first float in the batch, floats) for each row of the rectangle.
template <typename Work>
void for_each_row(const Rectangle& erased, const Shape& shape, int64_t image, const Work& work) {
  for (int64_t row = erased.rows.begin; row < erased.rows.end; ++row) {
    const int64_t pixel = (image * shape[1] + row) * shape[2] + erased.columns.begin;
    work(pixel * shape[3], erased.columns.count() * shape[3]);
  }
}

}  // namespace

Shape RandomErasing::output_shape(std::span<const Shape> inputs) const {
  if (inputs[0].rank() != 4)
    throw Error("the input has the shape {}; expected (batch, height, width, channels)",
                inputs[0].to_string());
  if (!fill.empty() && static_cast<int64_t>(fill.size()) != inputs[0][3])
    throw Error("{} values to fill {} channels with; expected as many", fill.size(), inputs[0][3]);
  return inputs[0];
}

void RandomErasing::forward(const ForwardContext& run) const {
  const Shape& shape = run.output.shape;
  const RandomStream random(run.random.seed, stream, run.random.step);
  std::ranges::copy(run.inputs[0].span(), run.output.data);
  spread(shape[0], shape[1] * shape[2] * shape[3], [&](int64_t begin, int64_t end, int /*thread*/) {
    const auto row_floats = static_cast<uint64_t>(shape[2] * shape[3]);
    for (int64_t image = begin; image < end; ++image) {
      for_each_row(
          rectangle_of(*this, random, image, shape), shape, image, [&](int64_t first, int64_t count) {
            const auto row =
                run.output.span().subspan(static_cast<size_t>(first), static_cast<size_t>(count));
            if (fill.empty()) {
              // A stream of its own for each row of pixels.
              const auto number = static_cast<uint64_t>(first) / row_floats + 1;
              RandomStream(run.random.seed, stream + number, run.random.step).fill_normal(row, 0.0F, high);
            } else {
              for (size_t i = 0; i < row.size(); ++i) row[i] = fill[i % fill.size()];
            }
            for (float& each : row) each = std::clamp(each, low, high);
          });
    }
  });
}

void RandomErasing::backward(const BackwardContext& run) const {
  const View& dx = run.input_gradients[0];
  if (dx.data == nullptr) return;
  std::ranges::copy(run.output_gradient.span(), dx.data);
  const RandomStream random(run.random.seed, stream, run.random.step);
  for (int64_t image = 0; image < dx.shape[0]; ++image) {
    for_each_row(rectangle_of(*this, random, image, dx.shape), dx.shape, image,
                 [&](int64_t first, int64_t count) { std::fill_n(dx.data + first, count, 0.0F); });
  }
}

}  // namespace antler::ops
