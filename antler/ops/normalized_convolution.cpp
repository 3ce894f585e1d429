#include "antler/ops/normalized_convolution.h"

#include <algorithm>
#include <array>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/memory.h"
#include "antler/core/parallel.h"

namespace antler::ops {
namespace {

// The convolved images of one call, in chunks that are normalised as soon as they are there: as many as a
// second-level cache holds, or all of them where there are too few for every thread to have its own.
struct Chunks {
  int64_t batch;
  int64_t images;
  Shape convolved;  // of one chunk

  explicit Chunks(const Shape& all_convolved) : batch(all_convolved[0]) {
    constexpr int64_t cached_floats = int64_t{1} << 17;
    const Shape image = all_convolved.without_batch();
    const int64_t of_each_thread = (batch + thread_count() - 1) / thread_count();
    images = std::clamp<int64_t>(cached_floats / std::max<int64_t>(image.size(), 1), 1,
                                 std::max<int64_t>(of_each_thread, 1));
    if (count() < thread_count()) images = std::max<int64_t>(batch, 1);
    convolved = image.with_batch(images);
  }
  int64_t count() const { return (batch + images - 1) / images; }
  int64_t under_way() const { return std::min<int64_t>(count(), thread_count()); }
};

// Working memory: for each chunk that is under way what was convolved and the normalisation's own; then the
// kernel in the layout that the convolution likes best, and the convolution's own.
struct Memory {
  int64_t convolved, saved, normalization;
  int64_t of_chunk() const { return convolved + saved + normalization; }
};
Memory memory_of(const BatchNormalization& normalization, const Chunks& chunks) {
  const std::array<Shape, 1> inputs{chunks.convolved};
  return {.convolved = whole_lines(chunks.convolved.size()),
          .saved = whole_lines(normalization.saved_floats(inputs)),
          .normalization = whole_lines(normalization.scratch_floats(inputs))};
}

template <typename AnyView>
AnyView rows(const AnyView& view, int64_t first, int64_t count) {
  const Shape row = view.shape.without_batch();
  return {view.data + first * row.size(), row.with_batch(count)};
}

// One call, chunk by chunk.
class Run {
 public:
  Run(const NormalizedConvolution& op, const ForwardContext& run, std::span<const Shape> inputs)
      : op_(op),
        run_(run),
        chunks_(op.convolved_shape(inputs)),
        memory_(memory_of(op.normalization, chunks_)),
        prepared_(run.prepared),
        convolution_scratch_(
            run.scratch.subspan(static_cast<size_t>(chunks_.under_way() * memory_.of_chunk()))) {
    if (prepared_.empty()) prepare(op.prepared_floats(inputs));
  }

  void operator()() const {
    // A single chunk leaves the threads to its loops.
    if (chunks_.count() == 1) return chunk(0, 0);
    parallel_for(chunks_.count(), [&](int64_t begin, int64_t end, int thread) {
      for (int64_t at = begin; at < end; ++at) chunk(at, thread);
    });
  }

 private:
  // Once, and not for each chunk.
  void prepare(int64_t floats) {
    if (floats == 0) return;
    const std::span<float> own = convolution_scratch_.first(static_cast<size_t>(floats));
    op_.prepare(run_.inputs, own);
    prepared_ = own;
    convolution_scratch_ = convolution_scratch_.subspan(static_cast<size_t>(whole_lines(floats)));
  }

  void chunk(int64_t at, int thread) const {
    const int64_t first = at * chunks_.images;
    const int64_t images = std::min(chunks_.images, chunks_.batch - first);
    float* memory = run_.scratch.data() + thread * memory_.of_chunk();
    const View convolved{memory, chunks_.convolved.without_batch().with_batch(images)};
    convolve(rows(run_.inputs[0], first, images), convolved);
    normalize(convolved, memory + memory_.convolved, rows(run_.output, first, images));
  }

  void convolve(const ConstView& x, const View& convolved) const {
    std::array<ConstView, 3> inputs{x};
    const size_t count = op_.convolution_inputs();
    std::copy_n(run_.inputs.begin() + 1, count - 1, inputs.begin() + 1);
    op_.convolution.forward({.inputs = std::span(inputs).first(count),
                             .state = {},
                             .output = convolved,
                             .saved = {},
                             .scratch = convolution_scratch_,
                             .prepared = prepared_,
                             .random = {},
                             .backward_follows = false});
  }

  void normalize(const View& convolved, float* memory, const View& output) const {
    std::array<ConstView, 3> inputs{convolved};
    const auto parameters = run_.inputs.subspan(op_.convolution_inputs());
    std::ranges::copy(parameters, inputs.begin() + 1);
    op_.normalization.forward(
        {.inputs = std::span(inputs).first(1 + parameters.size()),
         .state = run_.state,
         .output = output,
         .saved = {memory, static_cast<size_t>(memory_.saved)},
         .scratch = {memory + memory_.saved, static_cast<size_t>(memory_.normalization)},
         .prepared = {},
         .random = {},
         .backward_follows = false});
  }

  const NormalizedConvolution& op_;
  const ForwardContext& run_;
  const Chunks chunks_;
  const Memory memory_;
  std::span<const float> prepared_;
  std::span<float> convolution_scratch_;
};

}  // namespace

int64_t NormalizedConvolution::scratch_floats(std::span<const Shape> inputs) const {
  const Chunks chunks(convolved_shape(inputs));
  std::vector<Shape> of_chunk(inputs.begin(), inputs.end());
  of_chunk[0] = of_chunk[0].without_batch().with_batch(chunks.images);
  return chunks.under_way() * memory_of(normalization, chunks).of_chunk() +
         whole_lines(prepared_floats(inputs)) +
         convolution.scratch_floats(std::span(of_chunk).first(convolution_inputs()));
}

int64_t NormalizedConvolution::prepared_floats(std::span<const Shape> inputs) const {
  return convolution.prepared_floats(inputs.first(convolution_inputs()));
}

void NormalizedConvolution::prepare(std::span<const ConstView> inputs, std::span<float> prepared) const {
  convolution.prepare(inputs.first(convolution_inputs()), prepared);
}

void NormalizedConvolution::forward(const ForwardContext& run) const {
  std::array<Shape, 3> shapes;
  for (size_t i = 0; i < convolution_inputs(); ++i) shapes[i] = run.inputs[i].shape;
  Run(*this, run, shapes)();
}

void NormalizedConvolution::backward(const BackwardContext& /*run*/) const {
  throw Error("'{}' is for inference; it has no gradient", name());
}

}  // namespace antler::ops
