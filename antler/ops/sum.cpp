#include "antler/ops/sum.h"

#include "antler/core/parallel.h"
#include "antler/ops/kernels/gradients.h"

namespace antler::ops {

void add_to(View sum, ConstView term) {
  parallel_for(sum.size(), [&](int64_t begin, int64_t end, int /*thread*/) {
    kernels::add(sum.data + begin, term.data + begin, end - begin);
  });
}

}  // namespace antler::ops
