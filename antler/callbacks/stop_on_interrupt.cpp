#include "antler/callbacks/stop_on_interrupt.h"

#include <atomic>
#include <csignal>

#include "antler/core/error.h"

namespace antler::callbacks {
namespace {

// What a signal handler may touch: it cannot be given an object.
std::atomic<bool> is_alive = false;
std::atomic<bool> signal_came = false;
struct sigaction old_interrupt;
struct sigaction old_terminate;
static_assert(std::atomic<bool>::is_always_lock_free);

void restore_handlers() {
  sigaction(SIGINT, &old_interrupt, nullptr);
  sigaction(SIGTERM, &old_terminate, nullptr);
}

void on_signal(int /*number*/) {
  signal_came = true;
  restore_handlers();
}

}  // namespace

StopOnInterrupt::StopOnInterrupt() {
  if (is_alive.exchange(true)) throw Error("there is a StopOnInterrupt already; expected one at a time");
  signal_came = false;
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &old_interrupt);
  sigaction(SIGTERM, &action, &old_terminate);
}

StopOnInterrupt::~StopOnInterrupt() {
  restore_handlers();
  is_alive = false;
}

bool StopOnInterrupt::interrupted() const {
  return signal_came;
}

void StopOnInterrupt::on_batch_end(Run& run, int64_t /*batch*/, const Logs& /*logs*/) {
  if (signal_came) run.cut = true;
}

void StopOnInterrupt::on_epoch_end(Run& run, int /*epoch*/, Logs& /*logs*/) {
  if (signal_came) run.cut = true;
}

}  // namespace antler::callbacks
