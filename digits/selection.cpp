#include "digits/selection.h"

#include <numeric>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/rows.h"
#include "digits/training_run.h"

namespace antler::digits {

SelectedDigits select(Digits digits, const Selection& selection) {
  std::vector<int64_t> rows(static_cast<size_t>(digits.images.rows()));
  std::iota(rows.begin(), rows.end(), 0);
  SelectedDigits all{.digits = std::move(digits), .rows = std::move(rows)};
  if (!selection.held_out_by) return all;
  if (all.digits.labels.size() == 0)
    throw Error("a training holds rows out by their labels, and these digits have none");
  const auto held_out =
      split_of(all.digits.labels, selection.validation_split, *selection.held_out_by).held_out;
  if (held_out.empty()) throw Error("a validation split of 0 holds out no rows");
  return some_of(all, held_out);
}

SelectedDigits some_of(const SelectedDigits& digits, const std::vector<int64_t>& numbers) {
  const bool labelled = digits.digits.labels.size() > 0;
  SelectedDigits some{.digits = {.images = gather_rows(digits.digits.images, numbers),
                                 .labels = labelled ? gather_rows(digits.digits.labels, numbers) : Tensor()},
                      .rows = {}};
  for (int64_t number : numbers) some.rows.push_back(digits.rows[static_cast<size_t>(number)]);
  return some;
}

}  // namespace antler::digits
