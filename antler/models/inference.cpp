#include "antler/models/inference.h"

#include <iterator>
#include <vector>

#include "antler/core/parallel.h"
#include "antler/models/thread_steps.h"

namespace antler {

using callbacks::Callback;

namespace {

Step& step_of(ThreadSteps& steps, const std::vector<BatchView>& round, int64_t number) {
  return steps.of(static_cast<int>(number), round[static_cast<size_t>(number)].rows);
}

// Each batch on a thread of its own, a single one on all of them; there are no more than threads.
void forward(ThreadSteps& steps, const std::vector<BatchView>& round) {
  const auto forward_batches = [&](int64_t begin, int64_t end, int /*thread*/) {
    for (int64_t number = begin; number < end; ++number) {
      const BatchView& batch = round[static_cast<size_t>(number)];
      step_of(steps, round, number).forward(batch.x, batch.y, {});
    }
  };
  if (round.size() == 1) return forward_batches(0, 1, 0);
  parallel_for(std::ssize(round), forward_batches);
}

}  // namespace

void for_each_batch(const Model::State& model, Batches& data, const BatchVisitor& visitor) {
  ThreadSteps steps(
      model,
      {.training = false, .targets = data.target_shapes(), .weights_stay = !visitor.may_change_weights});
  data.begin_epoch({});
  std::vector<BatchView> round;
  int64_t at_once = 1;
  for (int64_t number = 0; data.has_next();) {
    round.clear();
    while (std::ssize(round) < at_once && data.has_next()) {
      visitor.begin(number + std::ssize(round));
      round.push_back(data.next());
    }
    forward(steps, round);
    for (int64_t i = 0; i < std::ssize(round); ++i, ++number)
      visitor.end(step_of(steps, round, i), round[static_cast<size_t>(i)], number);
    if (number == 1 && data.lasts() && steps.go_side_by_side(data.steps())) at_once = thread_count();
  }
}

callbacks::Logs score(const Model::State& model, Batches& data, Watchers& watchers,
                      visual::ProgressBar* progress) {
  const bool is_watched = watchers.watch_test_batches();
  Scores scores(model, data.target_shapes());
  watchers.tell(&Callback::on_test_begin);
  const auto end = [&](const Step& step, const BatchView& batch, int64_t number) {
    scores.update(step, batch.y, batch.sample_weights);
    if (!is_watched && !progress) return;
    const callbacks::Logs logs = scores.logs();
    watchers.tell(&Callback::on_test_batch_end, number, logs);
    if (progress) progress->update(number + 1, logs);
  };
  const auto begin = [&](int64_t number) { watchers.tell(&Callback::on_test_batch_begin, number); };
  for_each_batch(model, data, {.begin = begin, .end = end, .may_change_weights = is_watched});
  const callbacks::Logs logs = scores.logs();
  watchers.tell(&Callback::on_test_end, logs);
  return logs;
}

}  // namespace antler
