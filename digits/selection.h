// Which rows of a file are looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "digits/dataset.h"

namespace antler::digits {

/// All rows, or those alone that a training from this seed holds out: train() leaves them to judge by.
struct Selection {
  std::optional<uint64_t> held_out_by = {};
  /// The share that it holds out; the recipes' but for the lesson's.
  double validation_split = 0.1;
};

/// Some digits of a file, and which of its rows they are, counting from 0.
struct SelectedDigits {
  Digits digits;
  std::vector<int64_t> rows;
};

/// In the order of the file. Throws Error when the split leaves no rows.
SelectedDigits select(Digits digits, const Selection& selection);
/// Those with these numbers among `digits`.
SelectedDigits some_of(const SelectedDigits& digits, const std::vector<int64_t>& numbers);

}  // namespace antler::digits
