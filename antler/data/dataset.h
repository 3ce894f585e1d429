// Data that stream instead of lying in memory: keras.utils.PyDataset and the part of tf.data that training
// needs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// Some samples, on their way into a model.
struct Batch {
  /// (rows, ...) for each of the model's inputs.
  std::vector<Tensor> x = {};
  /// (rows, ...) for each output; empty where only predictions are wanted.
  std::vector<Tensor> y = {};
  /// How much the loss of each sample counts, (rows,); empty: 1 each.
  Tensor sample_weight = {};

  /// Throws Error when there is no input.
  int64_t rows() const;
};

/// Where a batch stands in a dataset: in which pass, and as which of its batches, both counted from 0.
struct BatchPlace {
  int64_t pass = 0;
  int64_t number = 0;
};

/// A sequence of batches that can be gone through again and again. A value; copies share what they read from.
///
///   Dataset::from_tensor_slices(x, y).shuffle(1000, seed).batch(32).prefetch(2)
///
/// The functions it is made with run on whatever thread takes the next batch: fit()'s, or the background
/// thread of prefetch(), one at a time in either case. What they throw, fit() throws.
class Dataset {
 public:
  /// Gives the next batch, or nothing at the end.
  using Next = std::function<std::optional<Batch>()>;
  /// What cardinality() says of a dataset without end, and of one that cannot tell: tf.data's numbers.
  static constexpr int64_t infinite = -1;
  static constexpr int64_t unknown = -2;

  /// Each sample a batch of one, to be put together by batch(). Throws Error unless all tensors have as many
  /// rows.
  static Dataset from_tensor_slices(std::vector<Tensor> x, std::vector<Tensor> y = {},
                                    Tensor sample_weight = {});
  static Dataset from_tensor_slices(const Tensor& x, const Tensor& y = {}, const Tensor& sample_weight = {});
  /// `begin` is called at the begin of each pass and gives what reads it.
  static Dataset from_generator(std::function<Next()> begin);
  /// Keras's PyDataset: `length` batches, by number.
  static Dataset from_batches(int64_t length, std::function<Batch(int64_t index)> get);

  /// The same rows in batches of `size`, the last one shorter unless it is dropped.
  Dataset batch(int64_t size, bool drop_remainder = false) const;
  /// tf.data's shuffle: each batch is drawn from a buffer of the next `buffer_size`. In another order in each
  /// pass, the same for the same seed. It shuffles samples only where it stands before batch().
  Dataset shuffle(int64_t buffer_size, uint64_t seed, bool reshuffle_each_iteration = true) const;
  Dataset map(std::function<Batch(Batch)> change) const;
  /// The same for a change that draws random numbers: drawn by the batch's place, they are the same whichever
  /// thread runs it, and in a run that was cut and goes on. antler/data/augmentation.h has such changes.
  Dataset map(std::function<Batch(Batch, const BatchPlace&)> change) const;
  /// The first `count` batches, or all but these.
  Dataset take(int64_t count) const;
  Dataset skip(int64_t count) const;
  /// Goes through it `count` times, by default without end; fit() then needs steps_per_epoch.
  Dataset repeat(int64_t count = infinite) const;
  /// Reads up to `buffer_size` batches ahead on a thread of its own, so that reading overlaps arithmetic. The
  /// thread ends with the pass, or when nobody wants the rest; it is waited for, so a generator must not
  /// hang.
  Dataset prefetch(int64_t buffer_size) const;

  /// How many batches there are: a number, `infinite` or `unknown`.
  int64_t cardinality() const;
  /// Begins pass number `pass`; the same number gives the same order.
  Next begin(int64_t pass = 0) const;

  /// What stands behind it: known to the sources of this class alone.
  struct Source;

 private:
  explicit Dataset(Source source);
  /// Gives the number of the next row, or nothing at the end; and makes that for a pass.
  using NextRow = std::function<std::optional<int64_t>()>;
  using Rows = std::function<NextRow(int64_t pass)>;
  /// Single rows of tensors.
  static Dataset of_rows(const std::shared_ptr<const Batch>& tensors, int64_t count, const Rows& rows);
  std::shared_ptr<const Source> source_;
};

}  // namespace antler
