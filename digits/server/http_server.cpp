#include "digits/server/http_server.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "antler/core/error.h"
#include "digits/server/connection.h"

namespace antler::digits::server {
namespace {

constexpr size_t threads_to_refuse_with = 4;
constexpr int backlog = 512;  // httplib's is 5, too few for many who come at once
constexpr size_t requests_of_a_connection = 10000;
constexpr const char* too_many =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: close\r\n"
    "Content-Length: 56\r\n\r\n"
    R"({"error": "too many visitors at a time; try again soon"})";

}  // namespace

HttpServer::HttpServer(const Limits& limits) : limits_(limits), stopping_(eventfd(0, EFD_CLOEXEC)) {
  if (stopping_ < 0) throw Error("the system has no descriptor left for the server");
  new_task_queue = [threads = limits.connections + threads_to_refuse_with] {
    return new httplib::ThreadPool(threads);  // httplib deletes it
  };
  keep_alive_max_count_ = requests_of_a_connection;
  keep_alive_timeout_sec_ = std::chrono::duration_cast<std::chrono::seconds>(limits.idle).count();
  set_payload_max_length(limits.body);
  set_tcp_nodelay(true);
  // Not SO_REUSEPORT, httplib's default: with it, two servers would share a port, and each its visitors.
  set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
}

HttpServer::~HttpServer() {
  close(stopping_);
}

int HttpServer::bind(const std::string& host, int port) {
  host_ = host;
  port_ = port == 0 ? bind_to_any_port(host) : port;
  if (port_ < 0 || (port != 0 && !bind_to_port(host, port)))
    throw Error("the server cannot listen on {} port {}: it is taken, or not this machine's", host, port);
  ::listen(svr_sock_, backlog);
  return port_;
}

void HttpServer::run() {
  // httplib gives up listening when the system cannot accept a connection, if only for a moment.
  while (!stopped_) {
    listen_after_bind();
    if (stopped_) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (bind_to_port(host_, port_)) ::listen(svr_sock_, backlog);
  }
  ended_ = true;
}

void HttpServer::stop() {
  if (stopped_.exchange(true)) return;
  eventfd_write(stopping_, 1);
  while (!ended_ && !is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (!ended_) Server::stop();
}

bool HttpServer::process_and_close_socket(socket_t socket) {
  Connection connection(socket, stopping_, limits_);
  if (connections_.fetch_add(1) >= limits_.connections) {
    connection.refuse(too_many);
  } else {
    serve(connection);
  }
  connections_.fetch_sub(1);
  return true;
}

void HttpServer::serve(Connection& connection) {
  const auto adjust = [](httplib::Request& request) {
    // To the same machine, compressing takes longer than sending. No part of an answer is worth asking
    // for, and no request so long that it must ask whether it may be sent.
    request.headers.erase("Accept-Encoding");
    request.headers.erase("Range");
    request.headers.erase("Expect");
    request.ranges.clear();
  };
  try {
    bool closed = false;
    for (size_t left = requests_of_a_connection; left > 0 && !closed && connection.wait_for_request();
         --left) {
      if (!process_request(connection, left == 1, closed, adjust)) break;
      closed = closed || connection.complained();
    }
  } catch (...) {
    // Memory ran out, as a rule: the visitor is cut, the server stays.
  }
}

}  // namespace antler::digits::server
