#include "tests/digits/server/running_server.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "tests/cli/small_data.h"

namespace antler::digits {

using namespace std::chrono_literals;

ServeOptions RunningServer::options(const server::Limits& limits) const {
  write_digit_reader(folder_, "given.h5");
  folder_.write("train.csv", digit_csv(60, true));
  return {
      .files = {.model = folder_ / "given.h5", .data = folder_ / "train.csv", .kept = folder_ / "kept.h5"},
      .port = 0,
      .limits = limits};
}

RunningServer::RunningServer(const server::Limits& limits)
    : server_(options(limits)), thread_([this] { server_.run(); }) {}

RunningServer::~RunningServer() {
  server_.stop();
  thread_.join();
}

namespace {

RunningServer::Answer answer_of(const httplib::Result& result) {
  if (!result) return {};
  return {.status = result->status, .json = Json::parse(result->body, nullptr, false)};
}

}  // namespace

RunningServer::Answer RunningServer::get(const std::string& path) const {
  return answer_of(httplib::Client("127.0.0.1", port()).Get(path));
}

RunningServer::Answer RunningServer::post(const std::string& path, const std::string& body) const {
  return answer_of(httplib::Client("127.0.0.1", port()).Post(path, body, "application/json"));
}

Json RunningServer::wait_while(const std::string& path, const std::vector<std::string>& states) const {
  for (int tries = 0; tries < 1200; ++tries) {
    const Json now = get(path).json;
    if (std::ranges::find(states, now.value("state", "")) == states.end()) return now;
    std::this_thread::sleep_for(50ms);
  }
  return {{"state", "still so after a minute"}};
}

int RunningServer::connect() const {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return socket;
}

namespace {

std::string exchanged(int socket, const std::string& bytes, bool ends) {
  ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (ends) shutdown(socket, SHUT_WR);
  std::string answer;
  std::array<char, 4096> part;
  for (ssize_t count = 0; (count = recv(socket, part.data(), part.size(), 0)) > 0;)
    answer.append(part.data(), static_cast<size_t>(count));
  close(socket);
  return answer;
}

}  // namespace

std::string RunningServer::send(const std::string& bytes) const {
  return exchanged(connect(), bytes, true);
}

std::string RunningServer::send_and_wait(const std::string& bytes) const {
  return exchanged(connect(), bytes, false);
}

std::string stroke_request() {
  Json pixels = Json::array();
  for (int i = 0; i < 784; ++i) pixels.push_back(i % 28 == 14 && i / 28 > 5 && i / 28 < 22 ? 255 : 0);
  return Json{{"width", 28}, {"height", 28}, {"pixels", std::move(pixels)}}.dump();
}

std::string raw_request() {
  const std::string body = stroke_request();
  return fmt::format(
      "POST /api/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
      "{}\r\n\r\n{}",
      body.size(), body);
}

int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi("0" + answer.substr(9, 3)) : 0;
}

}  // namespace antler::digits
