// The loop behind Model::fit: epochs of batches, metrics, validation, callbacks.
#pragma once

#include <vector>

#include "antler/models/batches.h"
#include "antler/models/model_in_run.h"
#include "antler/models/model_state.h"
#include "antler/models/scores.h"
#include "antler/models/training_steps.h"
#include "antler/models/watchers.h"
#include "antler/visual/progress_bar.h"

namespace antler {

/// One call of fit(), on tensors or a dataset alike.
class Trainer {
 public:
  /// `validation` may be null. `model` and `state` are the same model, as its callbacks and as its loop see
  /// it.
  Trainer(Model& model, Model::State& state, Batches& training, Batches* validation,
          const FitOptions& options);
  History run();

 private:
  /// What callbacks may do to the model in fit(): also ask and tell where the run stands.
  class ModelInFit : public ModelInRun {
   public:
    ModelInFit(Model& model, Trainer& trainer) : ModelInRun(model), trainer_(trainer) {}
    void save(const std::filesystem::path& path) const override;
    Json progress() const override;
    void go_on_from(const Json& progress) override;

   private:
    Trainer& trainer_;
  };

  void begin();
  void restore_callbacks();
  /// Each returns false when a callback cut the run in the epoch's middle.
  bool run_epoch();
  bool run_batches(visual::ProgressBar& progress);
  callbacks::Logs validate();
  bool is_validated() const;
  Profile::Entry* measured(const char* name) const {
    return options_.profile ? &options_.profile->entry(name) : nullptr;
  }
  const BatchView& next_batch();
  /// A batch's step in the metrics, the progress bar and the callbacks.
  void count(const Step& step, const BatchView& view, visual::ProgressBar& progress);
  void end_epoch(callbacks::Logs logs, double seconds, visual::ProgressBar& progress);
  /// Takes up a run that was cut.
  void go_on_from(TrainingProgress progress);
  /// Where the run stands now, as a saved model has it.
  TrainingProgress progress() const;

  Model::State& state_;
  Batches& training_;
  Batches* validation_;
  const FitOptions& options_;
  TrainingSteps steps_;
  Scores scores_;
  ModelInFit watched_;
  Watchers watchers_;
  /// Where the run stands, without its sums; `callbacks` are those that a resumed run came with.
  TrainingProgress at_;
  /// Logs and seconds of the epoch that is ending, while callbacks look at them.
  const callbacks::Logs* ending_ = nullptr;
  double ending_seconds_ = 0.0;
  callbacks::Logs last_logs_;
};

}  // namespace antler
