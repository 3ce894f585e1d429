#include "digits/server/guard.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace antler::digits::server {
namespace {

// "localhost" of "localhost:8080"; "::1" of "[::1]:8080".
std::string name_of(const std::string& host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

bool is_address(const std::string& name) {
  std::array<unsigned char, sizeof(in6_addr)> ignored;
  return inet_pton(AF_INET, name.c_str(), ignored.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), ignored.data()) == 1;
}

std::string machine_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

// A page can let its own name lead to this machine, but it cannot do so with an address, nor with these
// names.
void check_host(const httplib::Request& request, const std::string& listening_on) {
  if (request.get_header_value_count("Host") != 1)
    throw Refusal(400, "the request must have one Host header");
  std::string name = name_of(request.get_header_value("Host"));
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (is_address(name) || name == "localhost" || name == listening_on || name == machine_name()) return;
  throw Refusal(403, "the Host header names another machine; ask for localhost or for an address");
}

void check_origin(const httplib::Request& request) {
  const std::string own = "http://" + request.get_header_value("Host");
  if (request.has_header("Origin") && request.get_header_value("Origin") != own)
    throw Refusal(403, "the request comes from a page of another origin");
}

void check_body(const httplib::Request& request, size_t largest) {
  if (request.has_header("Content-Encoding")) throw Refusal(415, "the body must not be compressed");
  if (request.get_header_value_count("Content-Length") != 1 || request.has_header("Transfer-Encoding"))
    throw Refusal(411, "the request must have one Content-Length header");
  const std::string text = request.get_header_value("Content-Length");
  size_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument)
    throw Refusal(400, "the Content-Length must be a number of bytes");
  if (error != std::errc() || length > largest)
    throw Refusal(413, fmt::format("the body is too large; expected at most {} bytes", largest));
  const std::string type = request.get_header_value("Content-Type");
  if (type.substr(0, type.find(';')) != "application/json")
    throw Refusal(415, "the body must be JSON: Content-Type: application/json");
}

}  // namespace

void check_request(const httplib::Request& request, const std::string& host, size_t largest_body) {
  check_host(request, host);
  check_origin(request);
  if (request.method == "POST") {
    check_body(request, largest_body);
  } else if (request.has_header("Transfer-Encoding") || request.get_header_value("Content-Length") > "0") {
    throw Refusal(400, fmt::format("a {} request has no body", request.method));
  }
}

}  // namespace antler::digits::server
