// Updates of a model's weights, a batch each.
#pragma once

#include <map>
#include <vector>

#include "antler/models/batches.h"
#include "antler/models/model_state.h"
#include "antler/models/step.h"

namespace antler {

/// A compiled model's training steps. Random numbers depend on the model's seed and the optimizer's
/// iterations alone, so that a run can be cut after any batch and resumed.
class TrainingSteps {
 public:
  /// `targets` are the shapes of each output's, with any batch extent.
  /// The time of each part of a step goes to `profile`, unless it is null.
  TrainingSteps(Model::State& model, std::vector<Shape> targets, Profile* profile = nullptr);
  /// Forward, backward, optimizer. The step holds the batch's losses and predictions until the next one.
  const Step& train_on(const BatchView& batch);

  /// To be called when training is over: an optimizer that averages weights makes their averages the weights.
  void finish();

 private:
  std::span<const View> weight_views();
  Step& step_of_size(int64_t rows);

  Model::State& model_;
  const std::vector<Shape> targets_;
  const std::vector<layers::Weight*> weights_;
  Profile* const profile_;
  std::vector<View> weight_views_;
  /// Usually one for whole batches and one for the short one at the end.
  std::map<int64_t, Step> steps_by_size_;
};

}  // namespace antler
