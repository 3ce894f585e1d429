// A callback made of functions: Keras's LambdaCallback.
#pragma once

#include <functional>

#include "antler/callbacks/callback.h"

namespace antler::callbacks {

/// `LambdaCallback({.on_epoch_end = [](Run&, int epoch, const Logs& logs) { ... }})`, each function as in
/// Callback. Those left empty do nothing.
class LambdaCallback : public Callback {
 public:
  struct Functions {
    std::function<void(Run& run)> on_train_begin = {};
    std::function<void(Run& run, const Logs& logs)> on_train_end = {};
    std::function<void(Run& run, int epoch)> on_epoch_begin = {};
    std::function<void(Run& run, int epoch, const Logs& logs)> on_epoch_end = {};
    std::function<void(Run& run, int64_t batch, const Logs& logs)> on_batch_end = {};
  };

  explicit LambdaCallback(Functions functions) : functions_(std::move(functions)) {}

  void on_train_begin(Run& run) override;
  void on_train_end(Run& run, const Logs& logs) override;
  void on_epoch_begin(Run& run, int epoch) override;
  void on_epoch_end(Run& run, int epoch, const Logs& logs) override;
  void on_batch_end(Run& run, int64_t batch, const Logs& logs) override;

 private:
  Functions functions_;
};

}  // namespace antler::callbacks
