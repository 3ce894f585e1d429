// Digits that a program writes, by the strokes of strokes.json: no two alike, none of them real.
#pragma once

#include <cstdint>
#include <string>

#include "digits/centring.h"
#include "digits/dataset.h"

namespace antler::digits {

/// White ink on black, 112 x 112: turned, slanted, scaled and drawn with a pen of another width by each seed.
GreyPicture written_digit(int digit, uint64_t seed);
/// `count` of them, centred: 0, 1, ..., 9, 0, ...
Digits written_digits(int64_t count, uint64_t seed);
/// The same as Kaggle's train.csv.
std::string written_csv(const Digits& digits);

}  // namespace antler::digits
