// A callback made of functions: Keras's LambdaCallback.
#pragma once

#include <functional>

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

/// `LambdaCallback({.on_epoch_end = [](Run&, int epoch, const Logs& logs) { ... }})`, each function as in
/// Callback. Those left empty do nothing.
class LambdaCallback : public Callback {
 public:
  using Begin = std::function<void(Run& run)>;
  using End = std::function<void(Run& run, const Logs& logs)>;
  using BatchBegin = std::function<void(Run& run, int64_t batch)>;
  using BatchEnd = std::function<void(Run& run, int64_t batch, const Logs& logs)>;

  struct Functions {
    Begin on_train_begin = {};
    End on_train_end = {};
    std::function<void(Run& run, int epoch)> on_epoch_begin = {};
    std::function<void(Run& run, int epoch, Logs& logs)> on_epoch_end = {};
    BatchBegin on_train_batch_begin = {};
    BatchEnd on_train_batch_end = {};
    /// Keras's other names of the two above.
    BatchBegin on_batch_begin = {};
    BatchEnd on_batch_end = {};
    Begin on_test_begin = {};
    End on_test_end = {};
    BatchBegin on_test_batch_begin = {};
    BatchEnd on_test_batch_end = {};
    Begin on_predict_begin = {};
    Begin on_predict_end = {};
    BatchBegin on_predict_batch_begin = {};
    std::function<void(Run& run, int64_t batch, const std::vector<ConstView>& outputs)> on_predict_batch_end =
        {};
  };

  explicit LambdaCallback(Functions functions) : functions_(std::move(functions)) {}

  void on_train_begin(Run& run) override;
  void on_train_end(Run& run, const Logs& logs) override;
  void on_epoch_begin(Run& run, int epoch) override;
  void on_epoch_end(Run& run, int epoch, Logs& logs) override;
  void on_train_batch_begin(Run& run, int64_t batch) override;
  void on_train_batch_end(Run& run, int64_t batch, const Logs& logs) override;
  void on_batch_begin(Run& run, int64_t batch) override;
  void on_batch_end(Run& run, int64_t batch, const Logs& logs) override;
  void on_test_begin(Run& run) override;
  void on_test_end(Run& run, const Logs& logs) override;
  void on_test_batch_begin(Run& run, int64_t batch) override;
  void on_test_batch_end(Run& run, int64_t batch, const Logs& logs) override;
  void on_predict_begin(Run& run) override;
  void on_predict_end(Run& run) override;
  void on_predict_batch_begin(Run& run, int64_t batch) override;
  void on_predict_batch_end(Run& run, int64_t batch, const std::vector<ConstView>& outputs) override;

 private:
  Functions functions_;
};

}  // namespace antler::callbacks
