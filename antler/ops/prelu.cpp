#include "antler/ops/prelu.h"

#include <algorithm>
#include <array>

#include "antler/core/error.h"
#include "antler/ops/spread.h"

namespace antler::ops {
namespace {

// Neighbouring axes of a sample that all share their slopes, or all have their own.
struct Group {
  int64_t extent = 1;
  bool shared = false;
};

// How a sample's elements meet alpha's: runs of neighbouring elements that have one slope, or neighbouring
// ones.
class Layout {
 public:
  Layout(const Shape& x, const Shape& alpha) {
    for (int axis = 1; axis < x.rank(); ++axis) {
      if (x[axis] != 1) add({x[axis], alpha[axis - 1] == 1});
    }
  }

  int64_t run() const { return groups_[last_].extent; }
  bool shares_in_run() const { return groups_[last_].shared; }
  int64_t runs_in_sample() const {
    int64_t runs = 1;
    for (size_t i = 0; i < last_; ++i) runs *= groups_[i].extent;
    return runs;
  }

  // Where in alpha the slopes of a sample's run begin.
  int64_t alpha_of(int64_t run_number) const {
    int64_t at = 0;
    int64_t step = shares_in_run() ? 1 : run();
    for (size_t i = last_; i-- > 0;) {
      const Group& group = groups_[i];
      if (!group.shared) {
        at += run_number % group.extent * step;
        step *= group.extent;
      }
      run_number /= group.extent;
    }
    return at;
  }

 private:
  void add(const Group& axis) {
    if (groups_[last_].shared == axis.shared) {
      groups_[last_].extent *= axis.extent;
    } else {
      groups_[++last_] = axis;
    }
  }

  std::array<Group, Shape::max_rank> groups_;
  size_t last_ = 0;
};

// Calls work(first element of a run, first slope of it, thread) for each run of a batch.
template <typename Work>
void for_each_run(const Shape& x, const Layout& layout, const Work& work) {
  const int64_t runs = layout.runs_in_sample();
  spread(x[0] * runs, layout.run(), [&](int64_t begin, int64_t end, int thread) {
    for (int64_t at = begin; at < end; ++at) work(at * layout.run(), layout.alpha_of(at % runs), thread);
  });
}

void slope_gradient(const float* x, const float* dy, int64_t count, bool shared, float* dalpha) {
  if (!shared) {
    for (int64_t i = 0; i < count; ++i) dalpha[i] += dy[i] * std::min(x[i], 0.0F);
    return;
  }
  double sum = 0.0;
  for (int64_t i = 0; i < count; ++i) sum += double{dy[i]} * double{std::min(x[i], 0.0F)};
  *dalpha += static_cast<float>(sum);
}

void input_gradient(const float* x, const float* dy, const float* alpha, int64_t count, bool shared,
                    float* dx) {
  for (int64_t i = 0; i < count; ++i) {
    const float slope = alpha[shared ? 0 : i];
    dx[i] = dy[i] * (x[i] > 0.0F ? 1.0F : x[i] < 0.0F ? slope : 0.0F);
  }
}

}  // namespace

Shape PRelu::output_shape(std::span<const Shape> inputs) const {
  const Shape& x = inputs[0];
  const Shape& alpha = inputs[1];
  bool fits = x.rank() == alpha.rank() + 1;
  for (int axis = 0; fits && axis < alpha.rank(); ++axis) {
    fits = alpha[axis] == x[axis + 1] || alpha[axis] == 1;
  }
  if (!fits) {
    throw Error("prelu's alpha of shape {} does not fit an input of shape {}", alpha.to_string(),
                x.to_string());
  }
  return x;
}

int64_t PRelu::scratch_floats(std::span<const Shape> inputs) const {
  return thread_count() * inputs[1].size();
}

void PRelu::forward(const ForwardContext& run) const {
  const ConstView& x = run.inputs[0];
  const ConstView& alpha = run.inputs[1];
  const Layout layout(x.shape, alpha.shape);
  for_each_run(x.shape, layout, [&](int64_t at, int64_t slope_at, int /*thread*/) {
    for (int64_t i = 0; i < layout.run(); ++i) {
      const float slope = alpha.data[slope_at + (layout.shares_in_run() ? 0 : i)];
      const float value = x.data[at + i];
      run.output.data[at + i] = value > 0.0F ? value : slope * value;
    }
  });
}

void PRelu::backward(const BackwardContext& run) const {
  const ConstView& x = run.inputs[0];
  const ConstView& alpha = run.inputs[1];
  float* dx = run.input_gradients[0].data;
  float* dalpha = run.input_gradients[1].data;
  const float* dy = run.output_gradient.data;
  const Layout layout(x.shape, alpha.shape);
  // Each thread adds up what its samples say of alpha.
  const std::span<float> sums = run.scratch;
  std::ranges::fill(sums, 0.0F);
  for_each_run(x.shape, layout, [&](int64_t at, int64_t slope_at, int thread) {
    const bool shared = layout.shares_in_run();
    if (dx) input_gradient(x.data + at, dy + at, alpha.data + slope_at, layout.run(), shared, dx + at);
    if (!dalpha) return;
    float* thread_sums = sums.data() + thread * alpha.size();
    slope_gradient(x.data + at, dy + at, layout.run(), shared, thread_sums + slope_at);
  });
  if (!dalpha) return;
  for (int64_t i = 0; i < alpha.size(); ++i) {
    dalpha[i] = 0.0F;
    for (size_t thread_sum = static_cast<size_t>(i); thread_sum < sums.size();
         thread_sum += static_cast<size_t>(alpha.size())) {
      dalpha[i] += sums[thread_sum];
    }
  }
}

}  // namespace antler::ops
