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

// How a sample's elements meet alpha's: runs of neighbouring elements that have one slope, or neighbouring ones.
class Layout {
 public:
  Layout(const Shape& x, const Shape& alpha) {
    for (int axis = 1; axis < x.rank(); ++axis) {
      if (x[axis] != 1) add({x[axis], alpha[axis - 1] == 1});
    }
  }

  int64_t run() const { return groups_[static_cast<size_t>(last_)].extent; }
  bool shares_in_run() const { return groups_[static_cast<size_t>(last_)].shared; }
  int64_t runs_in_sample() const {
    int64_t runs = 1;
    for (size_t i = 0; i < static_cast<size_t>(last_); ++i) runs *= groups_[i].extent;
    return runs;
  }

  // Where in alpha the slopes of a sample's run begin.
  int64_t alpha_of(int64_t run_number) const {
    int64_t at = 0;
    int64_t step = shares_in_run() ? 1 : run();
    for (auto i = static_cast<size_t>(last_); i-- > 0;) {
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
    if (last_ >= 0 && groups_[static_cast<size_t>(last_)].shared == axis.shared) {
      groups_[static_cast<size_t>(last_)].extent *= axis.extent;
    } else {
      groups_[static_cast<size_t>(++last_)] = axis;
    }
  }

  std::array<Group, Shape::max_rank> groups_;
  int last_ = -1;
};

}  // namespace
}  // namespace antler::ops
