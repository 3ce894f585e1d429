#include "antler/models/predict_rows.h"

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "antler/core/parallel.h"
#include "antler/models/thread_steps.h"

namespace antler {
namespace {

using Take = std::function<void(const Step& step, int64_t first_row)>;

StepOptions of_inference(int64_t batch, bool weights_stay) {
  return {.batch = batch, .training = false, .targets = {}, .weights_stay = weights_stay};
}

void run(Step& step, const Tensors& x, int64_t first_row, const Take& take) {
  std::vector<ConstView> batch;
  for (size_t i = 0; i < x.size(); ++i) batch.push_back(x[i].rows(first_row, first_row + step.batch()));
  step.forward(batch, {}, {});
  take(step, first_row);
}

// By the step that the model has kept from the last time, where it fits. Its weights are read as they are.
void run_alone(const Model::State& model, const RowsToPredict& rows, int64_t first_row, const Take& take) {
  const int64_t batch = rows.count - first_row;
  std::unique_ptr<Step> step = model.kept_step.take(batch);
  if (!step) step = std::make_unique<Step>(model, of_inference(batch, false));
  run(*step, rows.x, first_row, take);
  model.kept_step.keep(std::move(step));
}

// Whoever is free takes the next batch: a thread that other processes keep from running holds nobody up.
void run_side_by_side(ThreadSteps& steps, const RowsToPredict& rows, int64_t batches, const Take& take) {
  std::atomic<int64_t> next = 0;
  parallel_for(thread_count(), [&](int64_t /*begin*/, int64_t /*end*/, int thread) {
    for (int64_t number = next++; number < batches; number = next++)
      run(steps.of(thread, rows.batch_size), rows.x, number * rows.batch_size, take);
  });
}

}  // namespace

void predict_rows(const Model::State& model, const RowsToPredict& rows, const Take& take) {
  const int64_t batches = rows.count / rows.batch_size;
  const bool one_batch = rows.count <= rows.batch_size;
  if (!one_batch) {
    ThreadSteps steps(model, of_inference(rows.batch_size, true));
    Step& step = steps.of(0, rows.batch_size);
    if (steps.go_side_by_side(batches)) {
      run_side_by_side(steps, rows, batches, take);
    } else {
      for (int64_t number = 0; number < batches; ++number) run(step, rows.x, number * rows.batch_size, take);
    }
  }
  const int64_t done = one_batch ? 0 : batches * rows.batch_size;
  if (done < rows.count) run_alone(model, rows, done, take);
}

}  // namespace antler
