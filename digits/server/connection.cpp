#include "digits/server/connection.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace antler::digits::server {

Connection::Connection(socket_t socket, int stopping, const Limits& limits)
    : socket_(socket), stopping_(stopping), limits_(limits) {}

Connection::~Connection() {
  // What was sent and never read would make the kernel take back the answer.
  shutdown(socket_, SHUT_WR);
  while (recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT) > 0) {
    if (bytes_left_ < buffer_.size()) break;
    bytes_left_ -= buffer_.size();
  }
  close(socket_);
}

bool Connection::wait(short event, Clock::time_point until) const {
  std::array<pollfd, 2> watched{pollfd{.fd = socket_, .events = event, .revents = 0},
                                pollfd{.fd = stopping_, .events = POLLIN, .revents = 0}};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    const int ready =
        poll(watched.data(), watched.size(), static_cast<int>(std::max<int64_t>(left.count(), 0)));
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0 && watched[1].revents == 0 && (watched[0].revents & (event | POLLHUP)) != 0;
  }
}

bool Connection::fill(Clock::time_point until) {
  if (begin_ < end_) return true;
  if (bytes_left_ == 0 || !wait(POLLIN, until)) return false;
  const ssize_t count = recv(socket_, buffer_.data(), std::min(buffer_.size(), bytes_left_), MSG_DONTWAIT);
  if (count <= 0) return false;
  begin_ = 0;
  end_ = static_cast<size_t>(count);
  bytes_left_ -= end_;
  return true;
}

bool Connection::wait_for_request() {
  answering_ = false;
  bytes_left_ = limits_.request;
  if (!fill(Clock::now() + limits_.idle)) return false;
  until_ = Clock::now() + limits_.time;
  return true;
}

void Connection::refuse(std::string_view answer) {
  bytes_left_ = limits_.request;
  send(socket_, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool Connection::is_readable() const {
  return begin_ < end_ || (bytes_left_ > 0 && wait(POLLIN, until_));
}

bool Connection::is_writable() const {
  return wait(POLLOUT, until_);
}

ssize_t Connection::read(char* to, size_t size) {
  if (!fill(until_)) return -1;
  const size_t count = std::min(size, end_ - begin_);
  std::copy_n(buffer_.data() + begin_, count, to);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* from, size_t size) {
  if (!answering_) {
    answering_ = true;
    until_ = Clock::now() + limits_.time;
    complained_ = std::string_view(from, size).substr(0, 10) >= "HTTP/1.1 4";
  }
  for (size_t sent = 0; sent < size;) {  // httplib takes it that all is sent
    if (!wait(POLLOUT, until_)) return -1;
    const ssize_t count = send(socket_, from + sent, size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno != EAGAIN && errno != EINTR) return -1;
    sent += static_cast<size_t>(std::max<ssize_t>(count, 0));
  }
  return static_cast<ssize_t>(size);
}

// Nobody asks: the server logs no visitors.
void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  get_remote_ip_and_port(ip, port);
}

}  // namespace antler::digits::server
