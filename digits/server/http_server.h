// cpp-httplib's server, made to hold up.
#pragma once

#include <httplib.h>

#include <atomic>
#include <string>

#include "digits/server/limits.h"

namespace antler::digits::server {

/// Routes are httplib's. Each connection is a Connection, within limits; an answer of 400 or more ends it.
class HttpServer : public httplib::Server {
 public:
  explicit HttpServer(const Limits& limits);
  ~HttpServer() override;

  /// Listens on `host`; port 0 takes any that is free. Throws Error when it cannot. Gives the port.
  int bind(const std::string& host, int port);
  /// Answers until stop() is called, from any thread, before or after.
  void run();
  void stop();

 private:
  bool process_and_close_socket(socket_t socket) override;
  void serve(class Connection& connection);

  const Limits limits_;
  const int stopping_;  // an eventfd
  std::string host_;
  int port_ = 0;
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> ended_ = false;
  std::atomic<size_t> connections_ = 0;
};

}  // namespace antler::digits::server
