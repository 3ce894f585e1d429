// What the server bears from those who talk to it.
#pragma once

#include <chrono>
#include <cstddef>

namespace antler::digits::server {

struct Limits {
  /// Connections at a time; one more is answered with 503 and closed.
  size_t connections = 256;
  /// Bytes of a request's body, and of a whole request.
  size_t body = size_t{300} << 10;
  size_t request = size_t{364} << 10;
  /// From a request's first byte to its last, and as long again for taking the answer. Who is slower is cut.
  std::chrono::milliseconds time{10000};
  /// How long a connection may stay open with nothing asked.
  std::chrono::milliseconds idle{15000};
};

}  // namespace antler::digits::server
