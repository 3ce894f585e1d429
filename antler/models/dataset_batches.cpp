#include "antler/models/dataset_batches.h"

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/models/data_checks.h"
#include "antler/models/sample_weights.h"

namespace antler {
namespace {

void view_all(const std::vector<Tensor>& tensors, std::vector<ConstView>& views) {
  views.clear();
  for (const Tensor& each : tensors) views.push_back(each.view());
}

}  // namespace

DatasetBatches::DatasetBatches(const Model& model, const Dataset& data, const DatasetBatchesOptions& options)
    : model_(model), data_(data), options_(options) {
  if (data.cardinality() == Dataset::infinite && options.steps == 0)
    throw Error("the dataset has no end; expected a number of steps, such as steps_per_epoch");
  if (data.cardinality() >= 0) known_steps_ = data.cardinality();
  begin_pass(0);
  pending_ = read_();
  if (!pending_) throw Error("the dataset has no batches; expected one or more");
  if (!options.with_targets) return;
  for (const Tensor& each : pending_->y) target_shapes_.push_back(each.shape());
}

int64_t DatasetBatches::steps() const {
  return options_.steps > 0 ? options_.steps : known_steps_;
}

std::vector<Shape> DatasetBatches::target_shapes() const {
  return target_shapes_;
}

void DatasetBatches::begin_pass(int64_t pass) {
  pending_.reset();
  read_ = data_.begin(pass);
  pass_ = pass;
  taken_ = 0;
  pass_has_ended_ = false;
}

bool DatasetBatches::peek() {
  if (!pending_ && !pass_has_ended_) pending_ = read_();
  pass_has_ended_ = !pending_;
  return !pass_has_ended_;
}

bool DatasetBatches::skip() {
  if (!peek()) return false;
  pending_.reset();
  ++taken_;
  return true;
}

void DatasetBatches::find_epoch(int epochs_before) {
  if (pass_ != 0 || taken_ != 0 || pass_has_ended_) begin_pass(0);
  for (int epoch = 0; epoch < epochs_before; ++epoch) {
    for (int64_t step = 0; step < options_.steps && skip(); ++step) {
    }
    if (!peek()) begin_pass(pass_ + 1);
  }
}

void DatasetBatches::begin_epoch(const EpochStart& start) {
  if (options_.steps == 0) {
    if (pass_ != start.epoch || taken_ != 0 || pass_has_ended_) begin_pass(start.epoch);
  } else if (start.first_batch != 0 || start.epochs_before == 0 || start.epoch != epoch_ + 1) {
    find_epoch(start.epochs_before);
  } else if (!peek()) {
    begin_pass(pass_ + 1);
  }
  epoch_ = start.epoch;
  taken_in_epoch_ = 0;
  for (int64_t batch = 0; batch < start.first_batch && skip(); ++batch) ++taken_in_epoch_;
}

bool DatasetBatches::has_next() {
  if (options_.steps > 0 && taken_in_epoch_ == options_.steps) return false;
  const bool had_ended = pass_has_ended_;
  if (peek()) return true;
  if (options_.steps > 0 && !had_ended) warn_that_data_ran_out();
  if (options_.steps == 0) known_steps_ = taken_in_epoch_;
  return false;
}

void DatasetBatches::check_first() const {
  check(first(), 0);
}

void DatasetBatches::check(const Batch& batch, int64_t number) const {
  try {
    check_inputs(model_, batch.x);
    check_sample_weights(batch.x, batch.sample_weight);
    if (!options_.with_targets) return;
    check_targets(model_, batch.x, batch.y);
    for (size_t i = 0; i < batch.y.size(); ++i) {
      if (batch.y[i].shape().without_batch() == target_shapes_.at(i).without_batch()) continue;
      throw Error("the targets have the shape {}; those of the first batch have {}",
                  batch.y[i].shape().to_string(), target_shapes_[i].to_string());
    }
  } catch (const Error& error) {
    throw Error("batch {} of the dataset: {}", number, error.what());
  }
}

const BatchView& DatasetBatches::next() {
  batch_ = std::move(*std::exchange(pending_, std::nullopt));
  check(batch_, taken_);
  ++taken_;
  ++taken_in_epoch_;
  view_.rows = batch_.rows();
  view_all(batch_.x, view_.x);
  if (!options_.with_targets) return view_;
  view_all(batch_.y, view_.y);
  weights_ = sample_weights(batch_.x, batch_.y, batch_.sample_weight, options_.class_weight);
  view_.sample_weights = weights_;
  return view_;
}

}  // namespace antler
