// A small problem that a network has to learn: to which of three spirals does a point belong?
#pragma once

#include <string>
#include <vector>

#include "antler/antler.h"

namespace figures {

struct Points {
  antler::Tensor x;  ///< (points, 2), within the unit circle
  antler::Tensor y;  ///< (points, 3), one-hot
};

/// 600 points of three arms that wind around each other, with some noise.
Points spirals();

/// One value an epoch, counting from 1.
antler::visual::Series by_epoch(const std::string& name, const std::vector<double>& values);

/// {0, 1, ..., count - 1}, from `first` on in steps of `step`.
std::vector<double> numbers(int count, double first = 0.0, double step = 1.0);

}  // namespace figures
