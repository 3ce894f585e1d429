// What the server makes of junk, of strangers' pages and of those who dawdle: 4xx and one sentence, or the
// connection cut.
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include "antler/core/random.h"
#include "tests/digits/server/running_server.h"

namespace antler::digits {
namespace {

using namespace std::chrono_literals;
using testing::AnyOf;

server::Limits hasty() {
  server::Limits limits;
  limits.time = 300ms;
  limits.idle = 300ms;
  return limits;
}

struct Junk {
  const char* request;
  int status;
};

class BadBody : public testing::TestWithParam<const char*> {};

TEST_P(BadBody, IsAnsweredWith400AndOneSentence) {
  const RunningServer server;
  const auto answer = server.post("/api/predict", GetParam());
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.json.size(), 1U);
  EXPECT_THAT(answer.json["error"].get<std::string>(), testing::MatchesRegex("[^\n]+"));
  EXPECT_EQ(server.get("/api/status").status, 200);
}

INSTANTIATE_TEST_SUITE_P(Predict, BadBody,
                         testing::Values("", "{", "[]", "null", "3", "{}", "\xff\xfe",
                                         R"({"width": 2, "height": 2})",
                                         R"({"width": 2, "height": 2, "pixels": [1, 2, 3]})",
                                         R"({"width": 2, "height": 2, "pixels": [1, 2, 3, "4"]})",
                                         R"({"width": 2, "height": 2, "pixels": [1, 2, 3, 256]})",
                                         R"({"width": 2, "height": 2, "pixels": [1, 2, 3, -1]})",
                                         R"({"width": 2, "height": 2, "pixels": [1, 2, 3, 0.5]})",
                                         R"({"width": 2, "height": 2, "pixels": [0, 0, 0, 0]})",
                                         R"({"width": 2, "height": 2, "pixels": {"0": 1}})",
                                         R"({"width": 2, "height": 2, "pixels": "AAAA"})",
                                         R"({"width": "2", "height": 2, "pixels": [1, 2, 3, 4]})",
                                         R"({"width": 0, "height": 2, "pixels": []})",
                                         R"({"width": -2, "height": -2, "pixels": [1, 2, 3, 4]})",
                                         R"({"width": 4294967296, "height": 4294967296, "pixels": []})",
                                         R"({"width": 1e99, "height": 1, "pixels": []})",
                                         R"({"width": 18446744073709551615, "height": 1, "pixels": []})",
                                         "[[[[[[[[[[[[[[[[[[[[[[[["));

class BadTraining : public testing::TestWithParam<const char*> {};

TEST_P(BadTraining, IsAnsweredWith400) {
  const RunningServer server;
  EXPECT_EQ(server.post("/api/training", GetParam()).status, 400);
  EXPECT_EQ(server.get("/api/training").json["state"], "none");
}

INSTANTIATE_TEST_SUITE_P(Training, BadTraining,
                         testing::Values("{}", R"({"recipe": "lesson"})", R"({"recipe": 3, "epochs": 1})",
                                         R"({"recipe": "lesson", "epochs": 0})",
                                         R"({"recipe": "lesson", "epochs": 1e9})",
                                         R"({"recipe": "../../etc/passwd", "epochs": 1})"));

class BadRequest : public testing::TestWithParam<Junk> {};

TEST_P(BadRequest, IsAnsweredOrCut) {
  const RunningServer server(hasty());
  const std::string answer = server.send(GetParam().request);
  EXPECT_EQ(status_of(answer), GetParam().status) << answer;
  EXPECT_EQ(server.get("/api/status").status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Http, BadRequest,
    testing::Values(
        Junk{"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", 404},
        Junk{"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 404},
        Junk{"GET /api/predict HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
        Junk{"PUT /api/model HTTP/1.1\r\nHost: localhost\r\n\r\n", 405}, Junk{"GET / HTTP/1.1\r\n\r\n", 400},
        Junk{"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", 403},
        Junk{"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400},
        Junk{"GET / HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://a.example\r\n\r\n", 403},
        Junk{"GET / HTTP/1.1\r\nHost: localhost:1\r\nOrigin: null\r\n\r\n", 403},
        Junk{"GET / HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://localhost:2\r\n\r\n", 403},
        Junk{"GET / HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://localhost:1\r\n\r\n", 200},
        Junk{"FLY / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400}, Junk{"\r\n\r\n", 400}, Junk{"GET", 0},
        Junk{"", 0},
        Junk{"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n{}",
             411},
        Junk{"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
             "2\r\n\r\n{}",
             415},
        Junk{"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
             "application/json\r\nContent-Length: x\r\n\r\n",
             400},
        Junk{"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
             "application/json\r\nContent-Length: "
             "99999999999999999999999\r\n\r\n",
             413},
        Junk{"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
             "application/json\r\nContent-Length: "
             "400000\r\n\r\n{}",
             413},
        Junk{"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
             "application/json\r\nContent-Length: "
             "2\r\nContent-Encoding: gzip\r\n\r\n{}",
             415},
        Junk{"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
             "application/json\r\nTransfer-Encoding: "
             "chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
             411}));

TEST(Junk, OfAThousandKindsIsAnsweredOrCut) {
  const RunningServer server(hasty());
  const std::string whole = raw_request();
  for (uint64_t number = 0; number < 1000; ++number) {
    const RandomStream random(1, number);
    std::string bytes = whole.substr(0, number % 3 == 0 ? random.bits(0) % whole.size() : whole.size());
    for (uint64_t i = 1; i <= number % 7 && !bytes.empty(); ++i)
      bytes[random.bits(2 * i) % bytes.size()] = static_cast<char>(random.bits(2 * i + 1));
    const int status = status_of(server.send(bytes));
    EXPECT_THAT(status, AnyOf(0, 200, testing::AllOf(testing::Ge(400), testing::Lt(500)))) << number;
  }
  EXPECT_EQ(server.post("/api/predict", stroke_request()).status, 200);
}

TEST(Junk, OfEndlessHeadersIsCut) {
  const RunningServer server(hasty());
  std::string bytes = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 40000; ++i) bytes += fmt::format("X-{}: yes\r\n", i);
  server.send(bytes);
  server.send("GET /" + std::string(1000000, 'a') + " HTTP/1.1\r\n\r\n");
  EXPECT_EQ(server.get("/api/status").status, 200);
}

TEST(Junk, BehindAnErrorIsNoOtherRequest) {
  const RunningServer server(hasty());
  const std::string answer = server.send(
      "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
      "46\r\n\r\n"
      "GET /api/status HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(status_of(answer), 415);
  EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos);
}

TEST(Slowness, IsCut) {
  const RunningServer server(hasty());
  const auto start = std::chrono::steady_clock::now();
  server.send_and_wait("POST /api/predict HTTP/1.1\r\nHost: loc");
  server.send_and_wait(raw_request().substr(0, 300));
  server.send_and_wait("");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(Slowness, IsCutThoughABytePerWaitKeepsComing) {
  const RunningServer server(hasty());
  const int socket = server.connect();
  const std::string request = raw_request();
  ssize_t sent = 0;
  for (size_t i = 0; i < 60 && sent >= 0; ++i) {
    sent = ::send(socket, request.data() + i, 1, MSG_NOSIGNAL);
    std::this_thread::sleep_for(50ms);
  }
  close(socket);
  EXPECT_LT(sent, 0) << "3 seconds were not too long";
}

TEST(Connections, BeyondTheLimitAreTurnedAway) {
  server::Limits limits;
  limits.connections = 3;
  const RunningServer server(limits);
  std::vector<int> open;
  for (int i = 0; i < 3; ++i) open.push_back(server.connect());
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(status_of(server.send_and_wait("")), 503);
  for (int socket : open) close(socket);
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(server.get("/api/status").status, 200);
}

TEST(Server, EndsAtOnceWhileVisitorsAreThere) {
  const auto start = std::chrono::steady_clock::now();
  int socket = -1;
  {
    const RunningServer server;
    socket = server.connect();
    EXPECT_EQ(server.get("/api/status").status, 200);
  }
  close(socket);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

}  // namespace
}  // namespace antler::digits
