// Model::train_on_batch and test_on_batch: a batch at a time, for loops of one's own.
#include "antler/core/error.h"
#include "antler/models/data_checks.h"
#include "antler/models/sample_weights.h"
#include "antler/models/scores.h"
#include "antler/models/training_steps.h"

namespace antler {
namespace {

std::vector<ConstView> views(const Tensors& tensors) {
  std::vector<ConstView> views;
  for (size_t i = 0; i < tensors.size(); ++i) views.push_back(tensors[i].view());
  return views;
}

std::vector<Shape> shapes(const Tensors& tensors) {
  std::vector<Shape> shapes;
  for (size_t i = 0; i < tensors.size(); ++i) shapes.push_back(tensors[i].shape());
  return shapes;
}

}  // namespace

callbacks::Logs Model::train_on_batch(const Tensors& x, const Tensors& y,
                                      const TrainOnBatchOptions& options) {
  if (x.size() == 1) state_->build_for(x.front().shape());
  check_inputs(*this, x);
  check_targets(*this, x, y);
  const std::vector<float> weights = sample_weights(x, y, options.sample_weight, options.class_weight);
  TrainingSteps steps(*state_, shapes(y));
  Scores scores(*state_, shapes(y));
  const BatchView batch{.rows = x.front().rows(), .x = views(x), .y = views(y), .sample_weights = weights};
  scores.update(steps.train_on(batch), batch.y, weights);
  return scores.logs();
}

callbacks::Logs Model::test_on_batch(const Tensors& x, const Tensors& y, const TestOnBatchOptions& options) {
  if (x.empty()) throw Error("no input was given");
  return evaluate(x, y,
                  {.batch_size = std::max<int64_t>(x.front().rows(), 1),
                   .verbose = 0,
                   .sample_weight = options.sample_weight});
}

}  // namespace antler
