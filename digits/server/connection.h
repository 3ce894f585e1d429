// One visitor's connection, with an end to its patience.
#pragma once

#include <httplib.h>

#include <array>

#include "digits/server/limits.h"

namespace antler::digits::server {

/// httplib's own streams wait anew for each byte, so that a request that drips in may hold a thread for ever.
/// This one gives a request a number of bytes and a span of time, and all waiting ends when the server stops.
class Connection : public httplib::Stream {
 public:
  /// Takes the socket over and closes it at the end of its life. `stopping` is a descriptor that becomes
  /// readable when the server stops.
  Connection(socket_t socket, int stopping, const Limits& limits);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Waits for the first byte of the next request, whose bytes and time count from here. False when none
  /// comes.
  bool wait_for_request();
  /// Sends a complete answer to a visitor for whom there is no thread, without waiting.
  void refuse(std::string_view answer);
  /// True when the last answer began with a status of 400 or more: what else the visitor sent is then not to
  /// be read as another request.
  bool complained() const { return complained_; }

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  using Clock = std::chrono::steady_clock;

  bool wait(short event, Clock::time_point until) const;
  bool fill(Clock::time_point until);

  const socket_t socket_;
  const int stopping_;
  const Limits limits_;
  std::array<char, 8192> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  size_t bytes_left_ = 0;
  Clock::time_point until_;
  bool answering_ = false;
  bool complained_ = false;
};

}  // namespace antler::digits::server
