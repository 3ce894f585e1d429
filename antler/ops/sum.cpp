#include "antler/ops/sum.h"

#include "antler/core/parallel.h"

namespace antler::ops {

void add_to(View sum, ConstView term) {
  parallel_for(sum.size(), [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t i = begin; i < end; ++i) sum.data[i] += term.data[i];
  });
}

}  // namespace antler::ops
