// Images changed at random, so that a network cannot learn them by heart: a stage of a dataset. It spreads
// the images of a batch over all threads. With prefetch() behind it, it works on one thread beside the
// training instead: of use where the training leaves processors free, slower where it does not.
//
//   Dataset::from_tensor_slices(x, y)
//       .shuffle(x.rows(), seed)
//       .batch(128)
//       .map(augment::images({.rotation_degrees = 10, .shift_pixels = 2, .zoom = 0.1}, seed))
//       .map(augment::mixup({.alpha = 0.2}, seed));
//
// What happens to an image follows from the seed, the batch's place in the dataset and the image's in the
// batch: a run that was cut goes on with the same images, whichever thread makes them.
#pragma once

#include <cstdint>
#include <functional>

#include "antler/core/random.h"
#include "antler/core/tensor.h"
#include "antler/data/dataset.h"

namespace antler::augment {

/// How far images are changed. What is not set leaves them as they are; what is, is drawn anew for each
/// image, all values between its bounds alike. However many are set, an image is interpolated once
/// (bilinear).
struct Options {
  /// Turned about the middle by up to so many degrees either way.
  double rotation_degrees = 0.0;
  /// Moved by up to so many pixels up or down, and left or right.
  double shift_pixels = 0.0;
  /// Shifts are rounded to whole pixels: an image that is only moved stays as sharp as it was, where half a
  /// pixel would blur it.
  bool whole_pixels = false;
  /// Drawn 1 - zoom to 1 + zoom times as large; below 1.
  double zoom = 0.0;
  /// On top of it each axis on its own, 1 - stretch to 1 + stretch times as large; below 1.
  double stretch = 0.0;
  /// Slanted: a row moves sideways by up to this share of its distance to the middle.
  double shear = 0.0;

  /// Elastic distortion (Simard, Steinkraus, Platt, "Best practices for convolutional neural networks",
  /// 2003): each pixel is moved by noise between -1 and 1, smoothed by a Gaussian of `elastic_sigma` pixels,
  /// times `elastic_alpha`. The paper's 34 and 4 move a pixel by 1.4 along each axis (standard deviation:
  /// 0.163 alpha / sigma). Sigma is 1 or more.
  double elastic_alpha = 0.0;
  double elastic_sigma = 4.0;

  /// Of so many images, 0 to 1, a rectangle is erased (Zhong et al., "Random erasing data augmentation",
  /// 2017), its sides, as shares of the image's, the roots of numbers from `erase_least` to `erase_most`:
  /// Keras's RandomErasing.
  double erase_probability = 0.0;
  double erase_least = 0.02;
  double erase_most = 0.33;

  /// What is seen beyond an image's edge, and where it is erased.
  double fill_value = 0.0;
};

/// A change of a batch for Dataset::map.
using Change = std::function<Batch(Batch, const BatchPlace&)>;

/// Changes the batch's first input, (batch, height, width, channels). Throws Error here for options out of
/// bounds, and when it runs for an input that is no batch of images.
Change images(const Options& options, uint64_t seed);

/// `images` (batch, height, width, channels) changed, each by numbers of its own from `random`: what images()
/// does to a batch. Throws Error as it does.
Tensor changed(Tensor images, const Options& options, const RandomStream& random);

struct MixupOptions {
  /// Weights are drawn from Beta(alpha, alpha): near 0 or 1 for small ones, all alike for 1. More than 0.
  double alpha = 0.2;
};

/// Each sample of a batch mixed with another of it, inputs, targets and sample weights: weight * one +
/// (1 - weight) * other (Zhang et al., "mixup: Beyond empirical risk minimization", 2017); Keras's MixUp with
/// labels. Throws Error for an alpha out of bounds, and when it runs for targets that are class numbers
/// instead of one-hot (to_categorical()).
Change mixup(const MixupOptions& options, uint64_t seed);

struct CutmixOptions {
  /// As in mixup; 1 in the paper.
  double alpha = 1.0;
};

/// In each image of the first input a rectangle replaced by that of another image of the batch, targets and
/// sample weights mixed by its area (Yun et al., "CutMix: Regularization strategy to train strong
/// classifiers", 2019); Keras's CutMix with labels. Throws Error as mixup() does, and for an input that is no
/// batch of images.
Change cutmix(const CutmixOptions& options, uint64_t seed);

}  // namespace antler::augment
