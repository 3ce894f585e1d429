#include "antler/layers/weight_limit.h"

#include <algorithm>
#include <limits>

#include "antler/core/error.h"

namespace antler::layers {
namespace {

thread_local int64_t limit = std::numeric_limits<int64_t>::max();

}  // namespace

WeightLimit::WeightLimit(int64_t numbers) : outer_(limit) {
  limit = std::min(limit, numbers);
}

WeightLimit::~WeightLimit() {
  limit = outer_;
}

void WeightLimit::check(int64_t numbers, int64_t more) {
  if (more > limit - numbers) throw Error("it needs more weights than the file holds for it");
}

}  // namespace antler::layers
