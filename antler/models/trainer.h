// The loop behind Model::fit: epochs of shuffled batches, metrics, validation, callbacks.
#pragma once

#include <map>
#include <vector>

#include "antler/models/inference.h"
#include "antler/models/model_state.h"
#include "antler/models/scores.h"
#include "antler/models/step.h"
#include "antler/visual/progress_bar.h"

namespace antler {

/// One call of fit(). Random numbers depend on the model's seed and the optimizer's iterations alone, so that
/// a run can be cut after any batch and resumed.
class Trainer {
 public:
  /// `validation` may have no rows, and `sample_weights` are empty where all samples count alike.
  Trainer(Model::State& model, const Rows& training, const Rows& validation,
          std::vector<float> sample_weights, const FitOptions& options);
  History run();

 private:
  /// Trains from `first_batch` on; false when a callback stopped it before the epoch's end.
  bool run_batches(int epoch, int64_t first_batch, visual::ProgressBar& progress);
  void train_on(int64_t batch);
  void order_rows(int64_t first_batch);
  callbacks::Logs end_epoch();
  int64_t steps() const;
  Step& step_of_size(int64_t batch);

  Model::State& model_;
  const Rows training_;
  const Rows validation_;
  const std::vector<float> sample_weights_;
  const FitOptions& options_;
  const std::vector<layers::Weight*> weights_;
  Scores scores_;
  callbacks::Run run_;
  History history_;
  /// Training rows in the order of this epoch.
  std::vector<int64_t> order_;
  /// The rows of the batch at hand, for each input and output.
  std::vector<Tensor> x_batch_;
  std::vector<Tensor> y_batch_;
  std::vector<float> weights_batch_;
  /// One for whole batches and one for the short one at the end.
  std::map<int64_t, Step> steps_by_size_;
};

}  // namespace antler
