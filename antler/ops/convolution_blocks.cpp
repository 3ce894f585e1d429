#include "antler/ops/convolution_blocks.h"

#include <algorithm>

#include "antler/core/memory.h"
#include "antler/ops/convolution_images.h"

namespace antler::ops {

ConvolutionBlocks::ConvolutionBlocks(const Convolution& op, const ConvolutionGeometry& g,
                                     int64_t window_height)
    : op_(op), g_(g), window_height_(window_height), window_rows_(g.out_height / window_height) {
  constexpr int64_t cached_floats = 8192;
  const int64_t floats = window_height * g.out_width * (g.filters + g.window_size());
  at_once_ = std::clamp<int64_t>(cached_floats / std::max<int64_t>(floats, 1), 1,
                                 std::max<int64_t>(window_rows_, 1));
}

int64_t ConvolutionBlocks::thread_floats() const {
  return whole_lines(most_rows() * g_.out_width * g_.filters) +
         whole_lines(ConvolutionTaps::floats(g_, most_rows())) + whole_lines(PaddedImage::floats(g_));
}

OutputRows ConvolutionBlocks::windows(int64_t block) const {
  const int64_t first = block * at_once_;
  return {first, std::min(at_once_, window_rows_ - first)};
}

OutputRows ConvolutionBlocks::rows(int64_t block) const {
  const OutputRows covered = windows(block);
  const int64_t first = covered.first * window_height_;
  const bool is_last = block + 1 == count();
  return {first, is_last ? g_.out_height - first : covered.count * window_height_};
}

void ConvolutionBlocks::for_each(int64_t begin, int64_t end, std::span<const ConstView> inputs, float* memory,
                                 FunctionRef<void(const ConvolvedBlock&)> body) const {
  float* tap_memory = memory + whole_lines(most_rows() * g_.out_width * g_.filters);
  ConvolutionTaps taps(op_, g_, tap_memory);
  const PaddedImage padded(op_, g_, tap_memory + whole_lines(ConvolutionTaps::floats(g_, most_rows())));
  for (int64_t image = begin; image < end; ++image) {
    const float* from = padded.of(inputs[0].data + image * g_.image_size());
    for (int64_t block = 0; block < count(); ++block) {
      taps.read(from, rows(block));
      taps.convolve(inputs[1].data, op_.bias ? inputs[2].data : nullptr, memory);
      body({image, rows(block), windows(block), memory, taps});
    }
  }
}

}  // namespace antler::ops
