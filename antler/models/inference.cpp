#include "antler/models/inference.h"

#include <algorithm>
#include <map>

namespace antler {

void for_each_batch(const Model::State& model, const Rows& rows, int64_t batch_size,
                    const std::function<void(const Step& step, int64_t first)>& visit) {
  const int64_t x_floats = rows.x->size() / rows.x->rows();
  const int64_t y_floats = rows.y ? rows.y->size() / rows.y->rows() : 0;
  const auto targets = rows.y ? std::optional(rows.y->shape()) : std::nullopt;
  std::optional<Step> step;
  for (int64_t first = rows.begin; first < rows.end; first += batch_size) {
    const int64_t count = std::min(batch_size, rows.end - first);
    if (!step || step->batch() != count) step.emplace(model, StepOptions{.batch = count, .targets = targets});
    step->forward(rows.x->data() + first * x_floats, rows.y ? rows.y->data() + first * y_floats : nullptr, {});
    visit(*step, first);
  }
}

Scores score(const Model::State& model, const Rows& rows, int64_t batch_size, visual::ProgressBar* progress) {
  Scores scores(*model.compiled, rows.y->shape(), model.shapes.at(static_cast<size_t>(model.outputs.front())));
  int64_t done = 0;
  for_each_batch(model, rows, batch_size, [&](const Step& step, int64_t first) {
    scores.update(rows.y->rows(first, first + step.batch()), step.predictions(), step.losses());
    if (progress) progress->update(++done, scores.logs());
  });
  return scores;
}

}  // namespace antler
