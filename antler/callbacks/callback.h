// What a training run tells those who watch it, and how they steer it.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "antler/callbacks/trained_model.h"
#include "antler/core/json.h"

namespace antler::callbacks {

/// Loss and metrics by name, in the order in which Keras shows them: {"accuracy", 0.98}, {"loss", 0.05}.
using Logs = std::vector<std::pair<std::string, double>>;

/// What a callback may know and change of the run it is in. Valid during the call only.
struct Run {
  int epochs = 0;
  /// Batches an epoch; the last may be short. 0 while it is not known: in the first epoch of a dataset that
  /// cannot tell.
  int64_t steps = 0;
  /// Keras's `model.stop_training`: set it, and the epoch ends after this batch, with validation and
  /// on_epoch_end, and is the last one.
  bool stop_training = false;
  /// Set it, and training ends after this batch at once, so that Model::training_progress() can take it up
  /// there bit for bit: for Ctrl-C.
  bool cut = false;
  /// Never null while a model runs.
  TrainedModel* model = nullptr;
};

/// Override what is of interest. Epochs and batches count from 0. Called in Keras's order: the "train" ones
/// by fit(), the "test" ones by evaluate() and by fit()'s validation, the "predict" ones by predict().
class Callback {
 public:
  virtual ~Callback() = default;
  virtual void on_train_begin(Run& /*run*/) {}
  virtual void on_train_end(Run& /*run*/, const Logs& /*logs*/) {}
  virtual void on_epoch_begin(Run& /*run*/, int /*epoch*/) {}
  /// `logs` hold the means over the epoch and, where there are validation data, "val_..." ones. What is added
  /// to them, the callbacks after this one see, and History.
  virtual void on_epoch_end(Run& /*run*/, int /*epoch*/, Logs& /*logs*/) {}

  /// `logs` are means since the epoch's begin.
  virtual void on_train_batch_begin(Run& run, int64_t batch) { on_batch_begin(run, batch); }
  virtual void on_train_batch_end(Run& run, int64_t batch, const Logs& logs) {
    on_batch_end(run, batch, logs);
  }
  /// Keras's other names of the two above.
  virtual void on_batch_begin(Run& /*run*/, int64_t /*batch*/) {}
  virtual void on_batch_end(Run& /*run*/, int64_t /*batch*/, const Logs& /*logs*/) {}

  virtual void on_test_begin(Run& /*run*/) {}
  virtual void on_test_end(Run& /*run*/, const Logs& /*logs*/) {}
  virtual void on_test_batch_begin(Run& /*run*/, int64_t /*batch*/) {}
  virtual void on_test_batch_end(Run& /*run*/, int64_t /*batch*/, const Logs& /*logs*/) {}

  virtual void on_predict_begin(Run& /*run*/) {}
  virtual void on_predict_end(Run& /*run*/) {}
  virtual void on_predict_batch_begin(Run& /*run*/, int64_t /*batch*/) {}
  /// `outputs` are what each of the model's outputs gave for the batch.
  virtual void on_predict_batch_end(Run& /*run*/, int64_t /*batch*/,
                                    const std::vector<ConstView>& /*outputs*/) {}

  /// What it must remember for a cut run to go on as if it had not been cut; an object that tells whose it
  /// is, or null. Saved with the model (TrainingProgress).
  virtual Json state() const { return nullptr; }
  /// Called after on_train_begin of a run that goes on, for states of the cut run until one is taken: true
  /// when `state` is its own. Throws Error or Json::exception when it is damaged.
  virtual bool restore(const Json& /*state*/) { return false; }
};

/// What a CallbackList holds: a callback, made by std::make_shared, and what its class tells without a call.
class ListedCallback {
 public:
  template <std::derived_from<Callback> Kind>
  ListedCallback(std::shared_ptr<Kind> callback)  // NOLINT(google-explicit-constructor): a list is braces
      : callback_(std::move(callback)), watches_test_batches_(!is_of_class<Kind>() || overrides<Kind>()) {}

  Callback& operator*() const { return *callback_; }
  Callback* operator->() const { return callback_.get(); }

  /// False where on_test_batch_begin and on_test_batch_end are known to be Callback's own, which do nothing:
  /// batches may then be evaluated side by side. Keras finds that out too, by is_default().
  bool watches_test_batches() const { return watches_test_batches_; }

 private:
  /// Not of a class derived from it, which may override more.
  template <class Kind>
  bool is_of_class() const {
    const Callback& callback = *callback_;
    return typeid(callback) == typeid(Kind);
  }
  template <class Kind>
  static constexpr bool overrides() {
    if constexpr (requires { &Kind::on_test_batch_begin, &Kind::on_test_batch_end; }) {
      return !std::is_same_v<decltype(&Kind::on_test_batch_begin),
                             decltype(&Callback::on_test_batch_begin)> ||
             !std::is_same_v<decltype(&Kind::on_test_batch_end), decltype(&Callback::on_test_batch_end)>;
    }
    return true;  // private ones cannot be looked at
  }

  std::shared_ptr<Callback> callback_;
  bool watches_test_batches_;
};

using CallbackList = std::vector<ListedCallback>;

}  // namespace antler::callbacks
