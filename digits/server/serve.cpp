#include "digits/server/serve.h"

#include <fmt/core.h>
#include <malloc.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <thread>

#include "antler/core/error.h"
#include "digits/server/routes.h"

namespace antler::digits {
namespace {

// What a signal handler may touch: it cannot be given an object.
int signalled = -1;  // an eventfd

void on_signal(int /*number*/) {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t ignored = write(signalled, &one, sizeof one);
}

// While it lives, SIGINT and SIGTERM stop the server; the second one acts as it did before.
class StopOnSignal {
 public:
  explicit StopOnSignal(DigitServer& server) : server_(server) {
    signalled = eventfd(0, EFD_CLOEXEC);
    if (signalled < 0) throw Error("the system has no descriptor left for the server");
    waiter_ = std::thread([this] { wait(); });
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &old_interrupt_);
    sigaction(SIGTERM, &action, &old_terminate_);
  }
  ~StopOnSignal() {
    on_signal(0);
    waiter_.join();
    sigaction(SIGINT, &old_interrupt_, nullptr);
    sigaction(SIGTERM, &old_terminate_, nullptr);
    close(signalled);
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

 private:
  void wait() {
    uint64_t count = 0;
    while (read(signalled, &count, sizeof count) < 0) {
    }
    server_.stop();
  }

  DigitServer& server_;
  std::thread waiter_;
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
};

}  // namespace

DigitServer::DigitServer(const ServeOptions& options)
    : host_(options.host),
      application_(options.files),
      server_(options.limits),
      port_(server_.bind(options.host, options.port)) {
  server::add_routes(server_, application_, options.host, options.limits);
}

std::string DigitServer::address() const {
  const bool is_ipv6 = host_.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}", is_ipv6 ? "[" : "", host_, is_ipv6 ? "]" : "", port_);
}

void serve(const ServeOptions& options) {
  // Visitors come together in batches of any size, and so the memory to read them has any size: given back
  // to the system each time, it leaves no holes behind among which the process would grow.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  DigitServer server(options);
  const StopOnSignal stop(server);
  fmt::print("{} reads digits at {} (Ctrl-C ends)\n", server::name_of(options.files.model), server.address());
  std::fflush(stdout);
  server.run();
  fmt::print("The server has ended.\n");
}

}  // namespace antler::digits
