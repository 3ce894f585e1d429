#include "antler/ops/random_color.h"

#include "antler/core/error.h"
#include "antler/ops/clip.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// y = scale * x + shift, before it is cut.
struct Line {
  float scale;
  float shift;
};

// One channel of an image.
struct Channel {
  int64_t first;
  int64_t step;
  int64_t pixels;

  template <typename Of>
  double mean(const Of& of) const {
    double sum = 0.0;
    for (int64_t i = 0; i < pixels; ++i) sum += double{of(first + i * step)};
    return sum / static_cast<double>(pixels);
  }
};

Line line_of(const RandomColor& op, float number, const Channel& channel, const float* x) {
  if (op.kind == RandomColor::Kind::brightness) return {1.0F, number};
  const auto mean = static_cast<float>(channel.mean([&](int64_t i) { return x[i]; }));
  return {number, mean - number * mean};
}

// Calls work(channel, the line of its elements).
template <typename Work>
void for_each_channel(const RandomColor& op, const RandomKey& key, const ConstView& x, const Work& work) {
  const RandomStream random(key.seed, op.stream, key.step);
  const int64_t channels = x.shape[3];
  const int64_t pixels = x.shape[1] * x.shape[2];
  spread(x.shape[0], pixels * channels, [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t at = begin * channels; at < end * channels; ++at) {
      const int64_t image = at / channels;
      const float number = op.number.at(random.uniform(static_cast<uint64_t>(image)));
      const Channel channel{image * pixels * channels + at % channels, channels, pixels};
      work(channel, line_of(op, number, channel, x.data));
    }
  });
}

}  // namespace

Shape RandomColor::output_shape(std::span<const Shape> inputs) const {
  if (inputs[0].rank() != 4)
    throw Error("the input has the shape {}; expected (batch, height, width, channels)",
                inputs[0].to_string());
  return inputs[0];
}

void RandomColor::forward(const ForwardContext& run) const {
  const float* x = run.inputs[0].data;
  for_each_channel(*this, run.random, run.inputs[0], [&](const Channel& channel, const Line& line) {
    for (int64_t i = channel.first; i < channel.first + channel.pixels * channel.step; i += channel.step)
      run.output.data[i] = clip(line.scale * x[i] + line.shift, low, high);
  });
}

// Where contrast is changed, each element moves the mean of its channel too.
void RandomColor::backward(const BackwardContext& run) const {
  if (run.input_gradients[0].data == nullptr) return;
  const float* x = run.inputs[0].data;
  for_each_channel(*this, run.random, run.inputs[0], [&](const Channel& channel, const Line& line) {
    const auto through = [&](int64_t i) {
      return run.output_gradient.data[i] * clip_slope(line.scale * x[i] + line.shift, low, high);
    };
    const auto by_mean = static_cast<float>(channel.mean(through)) * (1.0F - line.scale);
    for (int64_t i = channel.first; i < channel.first + channel.pixels * channel.step; i += channel.step)
      run.input_gradients[0].data[i] = line.scale * through(i) + by_mean;
  });
}

}  // namespace antler::ops
