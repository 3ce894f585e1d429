// A server of a test's own, and ways to talk to it.
#pragma once

#include <httplib.h>

#include <chrono>
#include <string>
#include <thread>

#include "antler/core/json.h"
#include "digits/server/serve.h"
#include "tests/core/temporary_folder.h"

namespace antler::digits {

/// Serves an untrained network and 60 labelled digits on a free port.
class RunningServer {
 public:
  explicit RunningServer(const server::Limits& limits = {});
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  struct Answer {
    int status = 0;  ///< 0: none came
    Json json;
  };
  Answer get(const std::string& path) const;
  Answer post(const std::string& path, const std::string& body) const;
  /// Asks until "state" is none of `states`, for a minute at most.
  Json wait_while(const std::string& path, const std::vector<std::string>& states) const;
  /// Sends bytes as they are, then nothing more, and gives all that comes back until the server closes.
  std::string send(const std::string& bytes) const;
  /// The same, but as one who has more to say and does not say it.
  std::string send_and_wait(const std::string& bytes) const;
  /// A socket that is connected to the server, to be closed by the caller.
  int connect() const;
  int port() const { return server_.port(); }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  ServeOptions options(const server::Limits& limits) const;

  TemporaryFolder folder_;
  DigitServer server_;
  std::thread thread_;
};

/// A body for POST /api/predict: a stroke on a picture of 28 x 28.
std::string stroke_request();
/// "POST /api/predict" with such a body, byte by byte as HTTP has it.
std::string raw_request();
/// 200 of "HTTP/1.1 200 OK..."; 0 for anything else.
int status_of(const std::string& answer);

}  // namespace antler::digits
