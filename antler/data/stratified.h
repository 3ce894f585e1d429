// Rows set apart so that each class keeps its share.
#pragma once

#include <cstdint>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// Numbers of rows, ascending, for gather_rows(): each row is in one of the two.
struct Split {
  std::vector<int64_t> training = {};
  std::vector<int64_t> held_out = {};
};

/// scikit-learn's StratifiedKFold with shuffling: each row is held out in one of `folds` splits. Of each
/// class, and of all rows, the folds hold out equally many but for one. `labels` are class numbers, (rows,)
/// or (rows, 1), or one-hot, (rows, classes). Throws Error for fewer than two folds, and for more than the
/// largest class has rows.
std::vector<Split> stratified_k_fold(const Tensor& labels, int64_t folds, uint64_t seed);

/// scikit-learn's train_test_split with `stratify`: of all rows the share `held_out`, rounded up, of each
/// class as near to it as whole rows allow. Where scikit-learn refuses a class of too few rows to be on both
/// sides, it is on one of them here. Throws Error when one side gets no rows at all.
Split stratified_split(const Tensor& labels, double held_out, uint64_t seed);

}  // namespace antler
