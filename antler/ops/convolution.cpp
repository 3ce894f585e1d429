#include "antler/ops/convolution.h"

#include <algorithm>

#include "antler/core/parallel.h"
#include "antler/ops/convolution_gradients.h"
#include "antler/ops/convolution_images.h"
#include "antler/ops/depthwise_convolution.h"
#include "antler/ops/images.h"
#include "antler/ops/kernels/product.h"
#include "antler/ops/kernels/strips.h"

namespace antler::ops {
namespace {

// Where groups take turns at its columns, the kernel is read as it is; and where it is a strip already.
bool in_strips(const Convolution& op, const ConvolutionGeometry& g) {
  return !g.winograd && op.groups == 1 && g.filters > kernels::strip_width();
}

// Of the kernel as the products read it; 0: as it is.
int64_t laid_out_floats(const Convolution& op, const ConvolutionGeometry& g) {
  if (g.winograd) return g.winograd->kernel_floats();
  return in_strips(op, g) ? g.kernel_size() : 0;
}

void lay_out(const ConvolutionGeometry& g, const float* kernel, float* to) {
  if (g.winograd) return g.winograd->transform_kernel(kernel, to);
  kernels::write_strips({to, g.window_size(), g.filters}, {0, g.window_size()}, kernel, g.filters);
}

// The kernel to read, laid out now unless it was before.
const float* kernel_of(const Convolution& op, const ConvolutionGeometry& g, const ForwardContext& run,
                       float* scratch) {
  if (!run.prepared.empty()) return run.prepared.data();
  if (laid_out_floats(op, g) == 0) return run.inputs[1].data;
  lay_out(g, run.inputs[1].data, scratch);
  return scratch;
}

void winograd_forward(const Convolution& op, const ConvolutionGeometry& g, const ForwardContext& run) {
  Winograd winograd = *g.winograd;
  const int64_t thread_floats = PaddedImage::floats(g) + winograd.scratch_floats();
  const float* kernel = kernel_of(op, g, run, run.scratch.data() + thread_count() * thread_floats);
  // Few images are spread over the threads, which needs no more memory.
  winograd.least_groups = (thread_count() + g.batch - 1) / g.batch;
  const int64_t at_once = std::clamp<int64_t>(g.batch / thread_count(), 1, winograd.images_at_once());
  const int64_t groups = winograd.groups();
  parallel_for((g.batch + at_once - 1) / at_once * groups, [&](int64_t begin, int64_t end, int thread) {
    float* scratch = run.scratch.data() + thread * thread_floats;
    const PaddedImage padded(op, g, scratch + winograd.scratch_floats());
    int64_t current = -1;
    const float* x = nullptr;
    for (int64_t at = begin; at < end; ++at) {
      const int64_t first = at / groups * at_once;
      const int64_t images = std::min(at_once, g.batch - first);
      for (int64_t image = 0; image < images; ++image) {
        if (first + image != current) x = padded.of(run.inputs[0].data + (first + image) * g.image_size());
        current = first + image;
        winograd.transform(x, at % groups, image, scratch);
      }
      winograd.convolve(at % groups, images, kernel, op.bias ? run.inputs[2].data : nullptr, op.relu,
                        run.output.data + first * g.output_size(), scratch);
    }
  });
}

}  // namespace

std::string Convolution::name() const {
  return relu ? "convolution + relu" : "convolution";
}

Shape Convolution::output_shape(std::span<const Shape> inputs) const {
  const ConvolutionGeometry g = geometry_of(*this, inputs[0], inputs[1]);
  return like_input({g.batch, g.out_height, g.out_width, g.filters}, inputs[0]);
}

double Convolution::flops(std::span<const Shape> inputs) const {
  const ConvolutionGeometry g = geometry_of(*this, inputs[0], inputs[1]);
  return 2.0 * static_cast<double>(g.batch * g.out_height * g.out_width) *
         static_cast<double>(g.kernel_size());
}

int64_t Convolution::scratch_floats(std::span<const Shape> inputs) const {
  const ConvolutionGeometry g = geometry_of(*this, inputs[0], inputs[1]);
  const int64_t thread_floats = PaddedImage::floats(g) + (g.winograd ? g.winograd->scratch_floats() : 0);
  return std::max(thread_count() * thread_floats + laid_out_floats(*this, g),
                  convolution_gradients_scratch(*this, g));
}

int64_t Convolution::prepared_floats(std::span<const Shape> inputs) const {
  return laid_out_floats(*this, geometry_of(*this, inputs[0], inputs[1]));
}

void Convolution::prepare(std::span<const ConstView> inputs, std::span<float> prepared) const {
  lay_out(geometry_of(*this, inputs[0].shape, inputs[1].shape), inputs[1].data, prepared.data());
}

void Convolution::forward(const ForwardContext& run) const {
  const ConvolutionGeometry g = geometry_of(*this, run.inputs[0].shape, run.inputs[1].shape);
  if (is_depthwise(*this, g)) return depthwise_forward(*this, g, run);
  if (g.winograd) return winograd_forward(*this, g, run);
  const Window window = window_on_image(*this, g);
  const int64_t group_filters = g.group_filters(groups);
  const float* kernel =
      kernel_of(*this, g, run, run.scratch.data() + thread_count() * PaddedImage::floats(g));
  const int64_t strip_rows = in_strips(*this, g) ? g.window_size() : 0;
  // Spread over the output's rows, so that one image keeps all threads busy too.
  parallel_for(g.batch * g.out_height, [&](int64_t begin, int64_t end, int thread) {
    const PaddedImage padded(*this, g, run.scratch.data() + thread * PaddedImage::floats(g));
    int64_t current = -1;
    const float* x = nullptr;
    for (int64_t at = begin; at < end; ++at) {
      const int64_t image = at / g.out_height;
      const int64_t row = at % g.out_height;
      if (image != current) x = padded.of(run.inputs[0].data + image * g.image_size());
      current = image;
      for (int64_t group = 0; group < groups; ++group) {
        kernels::multiply(
            {.rows = g.out_width,
             .columns = group_filters,
             .depth = window.depth,
             .blocks = window.blocks,
             .a = x + row * stride_height * g.padded_width * g.channels + group * g.group_channels,
             .a_row_step = stride_width * g.channels,
             .b = kernel + group * group_filters,
             .b_step = g.filters,
             .strip_rows = strip_rows,
             .c = run.output.data + at * g.out_width * g.filters + group * group_filters,
             .c_step = g.filters,
             .bias = bias ? run.inputs[2].data + group * group_filters : nullptr,
             .relu = relu});
      }
    }
  });
}

void Convolution::backward(const BackwardContext& run) const {
  convolution_gradients(*this, run);
}

}  // namespace antler::ops
