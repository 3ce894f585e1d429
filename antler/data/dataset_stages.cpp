#include "antler/data/dataset_stages.h"

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/rows.h"

namespace antler {
namespace {

Tensor rows_of(const Tensor& tensor, int64_t begin, int64_t end) {
  if (tensor.empty()) return {};
  const ConstView rows = tensor.rows(begin, end);
  return {rows.shape, rows.span()};
}

// With room for `rows` rows of the shapes of `like`.
std::vector<Tensor> with_rows(const std::vector<Tensor>& like, int64_t rows) {
  std::vector<Tensor> tensors;
  for (const Tensor& each : like)
    tensors.push_back(Tensor::uninitialized(each.shape().without_batch().with_batch(rows)));
  return tensors;
}

void copy_rows(const std::vector<Tensor>& from, int64_t begin, int64_t count, std::vector<Tensor>& to,
               int64_t place) {
  if (from.size() != to.size())
    throw Error("a dataset's batches have {} and {} tensors; expected as many in each", to.size(),
                from.size());
  for (size_t i = 0; i < from.size(); ++i) {
    if (from[i].shape().without_batch() != to[i].shape().without_batch()) {
      throw Error("a dataset's batches have tensors of shape {} and {}; expected the same but for the rows",
                  to[i].shape().to_string(), from[i].shape().to_string());
    }
    std::ranges::copy(from[i].rows(begin, begin + count).span(),
                      to[i].data() + place * (to[i].size() / to[i].rows()));
  }
}

}  // namespace

Batch rows_of(const Batch& batch, int64_t begin, int64_t end) {
  Batch part;
  for (const Tensor& each : batch.x) part.x.push_back(rows_of(each, begin, end));
  for (const Tensor& each : batch.y) part.y.push_back(rows_of(each, begin, end));
  part.sample_weight = rows_of(batch.sample_weight, begin, end);
  return part;
}

Rebatched::Rebatched(Dataset::Next next, int64_t size, bool drop_remainder)
    : next_(std::move(next)), size_(size), drop_remainder_(drop_remainder) {}

bool Rebatched::has_rows() {
  while (!ended_ && used_ == rows_) {
    std::optional<Batch> batch = next_();
    ended_ = !batch;
    if (ended_) break;
    batch_ = std::move(*batch);
    rows_ = batch_.rows();
    used_ = 0;
  }
  return used_ < rows_;
}

std::optional<Batch> Rebatched::operator()() {
  if (!has_rows()) return std::nullopt;
  const bool weighted = !batch_.sample_weight.empty();
  Batch whole{.x = with_rows(batch_.x, size_),
              .y = with_rows(batch_.y, size_),
              .sample_weight = weighted ? Tensor(Shape{size_}) : Tensor()};
  int64_t filled = 0;
  while (filled < size_ && has_rows()) {
    const int64_t count = std::min(size_ - filled, rows_ - used_);
    copy_rows(batch_.x, used_, count, whole.x, filled);
    copy_rows(batch_.y, used_, count, whole.y, filled);
    if (batch_.sample_weight.empty() == weighted)
      throw Error("some of a dataset's batches have sample weights; expected all or none");
    if (weighted) {
      std::ranges::copy(batch_.sample_weight.rows(used_, used_ + count).span(),
                        whole.sample_weight.data() + filled);
    }
    used_ += count;
    filled += count;
  }
  if (filled == size_) return whole;
  if (drop_remainder_) return std::nullopt;
  return rows_of(whole, 0, filled);
}

Gathered::Gathered(std::shared_ptr<const Batch> tensors, std::function<std::optional<int64_t>()> next_row,
                   int64_t size, bool drop_remainder)
    : tensors_(std::move(tensors)),
      next_row_(std::move(next_row)),
      size_(size),
      drop_remainder_(drop_remainder) {}

std::optional<Batch> Gathered::operator()() {
  rows_.clear();
  while (static_cast<int64_t>(rows_.size()) < size_) {
    const std::optional<int64_t> row = next_row_();
    if (!row) break;
    rows_.push_back(*row);
  }
  const bool is_whole = static_cast<int64_t>(rows_.size()) == size_;
  if (rows_.empty() || (drop_remainder_ && !is_whole)) return std::nullopt;
  Batch batch;
  for (const Tensor& each : tensors_->x) batch.x.push_back(gather_rows(each, rows_));
  for (const Tensor& each : tensors_->y) batch.y.push_back(gather_rows(each, rows_));
  if (!tensors_->sample_weight.empty()) batch.sample_weight = gather_rows(tensors_->sample_weight, rows_);
  return batch;
}

}  // namespace antler
