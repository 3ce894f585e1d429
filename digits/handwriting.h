// Digits that are none of MNIST's: written by a program, as people draw on a page. No two are alike.
#pragma once

#include <cstdint>

#include "digits/centring.h"
#include "digits/dataset.h"

namespace antler::digits {

/// A page, white ink on black, 112 x 112, with `digit` on it. What the writer's hand does follows from the
/// seed and `number`, of the digit among those of one seed: which of the skeletons() it follows; how large,
/// wide, slanted, turned and bent it writes, and where on the page; how thick the pen is, and where it
/// presses; and how far each point is missed. Throws Error when `digit` is not 0 to 9.
GreyPicture written_page(int digit, uint64_t seed, uint64_t number = 0);

/// `count` of them, 0, 1, ..., 9, 0, ..., scaled and centred as MNIST's were (centred_digit()), with their
/// labels; pixels in 255ths, as in a file. The first ones do not depend on how many there are.
Digits written_digits(int64_t count, uint64_t seed);

}  // namespace antler::digits
