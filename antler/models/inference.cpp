#include "antler/models/inference.h"

#include <optional>

namespace antler {

using callbacks::Callback;

void for_each_batch(const Model::State& model, Batches& data, const BatchVisitor& visitor) {
  std::optional<Step> step;
  data.begin_epoch({});
  for (int64_t number = 0; data.has_next(); ++number) {
    visitor.begin(number);
    const BatchView& batch = data.next();
    if (!step || step->batch() != batch.rows) {
      step.emplace(model, StepOptions{.batch = batch.rows,
                                      .training = false,
                                      .targets = data.target_shapes(),
                                      .weights_stay = !visitor.may_change_weights});
    }
    step->forward(batch.x, batch.y, {});
    visitor.end(*step, batch, number);
  }
}

callbacks::Logs score(const Model::State& model, Batches& data, Watchers& watchers,
                      visual::ProgressBar* progress) {
  Scores scores(model, data.target_shapes());
  watchers.tell(&Callback::on_test_begin);
  const auto end = [&](const Step& step, const BatchView& batch, int64_t number) {
    scores.update(step, batch.y, batch.sample_weights);
    if (watchers.list().empty() && !progress) return;
    const callbacks::Logs logs = scores.logs();
    watchers.tell(&Callback::on_test_batch_end, number, logs);
    if (progress) progress->update(number + 1, logs);
  };
  const auto begin = [&](int64_t number) { watchers.tell(&Callback::on_test_batch_begin, number); };
  for_each_batch(model, data, {.begin = begin, .end = end, .may_change_weights = !watchers.list().empty()});
  const callbacks::Logs logs = scores.logs();
  watchers.tell(&Callback::on_test_end, logs);
  return logs;
}

}  // namespace antler
