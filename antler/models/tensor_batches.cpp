#include "antler/models/tensor_batches.h"

#include <algorithm>

#include "antler/core/random.h"
#include "antler/data/rows.h"

namespace antler {
namespace {

std::vector<Tensor> buffers(const Tensors& tensors, int64_t rows) {
  std::vector<Tensor> buffers;
  for (size_t i = 0; i < tensors.size(); ++i)
    buffers.push_back(Tensor::uninitialized(tensors[i].shape().without_batch().with_batch(rows)));
  return buffers;
}

void gather(const Tensors& from, std::span<const int64_t> rows, std::vector<Tensor>& buffers,
            std::vector<ConstView>& views) {
  views.clear();
  for (size_t i = 0; i < from.size(); ++i) {
    gather_rows(from[i], rows, buffers[i].data());
    views.push_back(buffers[i].rows(0, static_cast<int64_t>(rows.size())));
  }
}

void take_rows(const Tensors& from, int64_t begin, int64_t end, std::vector<ConstView>& views) {
  views.clear();
  for (size_t i = 0; i < from.size(); ++i) views.push_back(from[i].rows(begin, end));
}

}  // namespace

TensorBatches::TensorBatches(const Rows& rows, const TensorBatchesOptions& options)
    : rows_(rows), options_(options) {
  if (!options.shuffle_seed) return;
  x_ = buffers(rows.x, std::min(options.batch_size, rows.count()));
  y_ = buffers(rows.y, std::min(options.batch_size, rows.count()));
}

int64_t TensorBatches::batches() const {
  return (rows_.count() + options_.batch_size - 1) / options_.batch_size;
}

int64_t TensorBatches::steps() const {
  return options_.steps > 0 ? options_.steps : batches();
}

std::vector<Shape> TensorBatches::target_shapes() const {
  std::vector<Shape> shapes;
  for (size_t i = 0; i < rows_.y.size(); ++i) shapes.push_back(rows_.y[i].shape());
  return shapes;
}

void TensorBatches::begin_epoch(const EpochStart& start) {
  const int64_t an_epoch = std::min(steps(), batches());
  const int64_t epochs_a_pass = (batches() + an_epoch - 1) / an_epoch;
  const int64_t before = start.epochs_before % epochs_a_pass * an_epoch;
  next_ = before + start.first_batch;
  end_ = std::min(before + an_epoch, batches());
  if (end_ - before < steps()) warn_that_data_ran_out();
  if (options_.shuffle_seed) shuffle(static_cast<uint64_t>(start.updates - next_));
}

// By the number of updates before the pass, which no two passes of a model's life share.
void TensorBatches::shuffle(uint64_t turn) {
  order_ = RandomStream(*options_.shuffle_seed, stream_of("shuffle"), turn).permutation(rows_.count());
  for (int64_t& row : order_) row += rows_.begin;
}

const BatchView& TensorBatches::next() {
  const int64_t first = next_++ * options_.batch_size;
  const int64_t count = std::min(options_.batch_size, rows_.count() - first);
  view_.rows = count;
  if (options_.shuffle_seed) {
    view_shuffled(first, count);
  } else {
    view_in_place(rows_.begin + first, rows_.begin + first + count);
  }
  return view_;
}

void TensorBatches::view_in_place(int64_t begin, int64_t end) {
  take_rows(rows_.x, begin, end, view_.x);
  take_rows(rows_.y, begin, end, view_.y);
  if (options_.sample_weights.empty()) return;
  view_.sample_weights = std::span(options_.sample_weights)
                             .subspan(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
}

void TensorBatches::view_shuffled(int64_t first, int64_t count) {
  const auto rows = std::span(order_).subspan(static_cast<size_t>(first), static_cast<size_t>(count));
  gather(rows_.x, rows, x_, view_.x);
  gather(rows_.y, rows, y_, view_.y);
  if (options_.sample_weights.empty()) return;
  weights_.clear();
  for (const int64_t row : rows) weights_.push_back(options_.sample_weights[static_cast<size_t>(row)]);
  view_.sample_weights = weights_;
}

}  // namespace antler
