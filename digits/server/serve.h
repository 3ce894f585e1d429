// `antler digits serve`: the page and its API on this machine.
#pragma once

#include <functional>
#include <string>

#include "digits/server/application.h"
#include "digits/server/http_server.h"

namespace antler::digits {

struct ServeOptions {
  server::Files files;
  /// Loopback: nobody else reaches it.
  std::string host = "127.0.0.1";
  /// 0: any that is free.
  int port = 8080;
  server::Limits limits = {};
};

/// The whole server. Listens from its construction on, answers while run() runs.
class DigitServer {
 public:
  /// Throws Error when the model is no digit reader or the port cannot be had.
  explicit DigitServer(const ServeOptions& options);

  int port() const { return port_; }
  /// "http://127.0.0.1:8080"
  std::string address() const;
  void run() { server_.run(); }
  /// From any thread.
  void stop() { server_.stop(); }

 private:
  const std::string host_;
  server::Application application_;
  server::HttpServer server_;
  int port_;
};

/// Serves until SIGINT or SIGTERM comes; says on standard output where.
void serve(const ServeOptions& options);

}  // namespace antler::digits
