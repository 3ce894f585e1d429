#include "antler/models/inference.h"

#include <algorithm>

namespace antler {
namespace {

std::vector<const float*> rows_at(const Tensors& tensors, int64_t row) {
  std::vector<const float*> pointers;
  for (size_t i = 0; i < tensors.size(); ++i) {
    pointers.push_back(tensors[i].data() + row * (tensors[i].size() / tensors[i].rows()));
  }
  return pointers;
}

}  // namespace

std::vector<Shape> Rows::target_shapes() const {
  std::vector<Shape> shapes;
  for (size_t i = 0; i < y.size(); ++i) shapes.push_back(y[i].shape());
  return shapes;
}

void for_each_batch(const Model::State& model, const Rows& rows, int64_t batch_size,
                    const std::function<void(const Step& step, int64_t first)>& visit) {
  std::optional<Step> step;
  for (int64_t first = rows.begin; first < rows.end; first += batch_size) {
    const int64_t count = std::min(batch_size, rows.end - first);
    if (!step || step->batch() != count) {
      step.emplace(model, StepOptions{.batch = count, .training = false, .targets = rows.target_shapes()});
    }
    step->forward(rows_at(rows.x, first), rows_at(rows.y, first), {});
    visit(*step, first);
  }
}

Scores score(const Model::State& model, const Rows& rows, int64_t batch_size, visual::ProgressBar* progress) {
  Scores scores(model, rows.target_shapes());
  int64_t done = 0;
  for_each_batch(model, rows, batch_size, [&](const Step& step, int64_t first) {
    std::vector<ConstView> targets;
    for (size_t i = 0; i < rows.y.size(); ++i) targets.push_back(rows.y[i].rows(first, first + step.batch()));
    scores.update(step, targets);
    if (progress) progress->update(++done, scores.logs());
  });
  return scores;
}

}  // namespace antler
