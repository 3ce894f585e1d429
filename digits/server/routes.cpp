#include "digits/server/routes.h"

#include <fmt/core.h>

#include <functional>
#include <map>
#include <utility>

#include "antler/core/error.h"
#include "digits/embedded.h"
#include "digits/server/guard.h"
#include "digits/server/requests.h"

namespace antler::digits::server {
namespace {

using httplib::Request;
using httplib::Response;

struct Answer {
  std::string body;
  std::string type = "application/json";
};

using Handler = std::function<Answer(const Request&)>;
/// By method, then path.
using Routes = std::map<std::pair<std::string, std::string>, Handler>;

// What the network gives may be no number, for which JSON has none; and names in a file may be no text.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Routes api(Application& app) {
  const auto get = [](auto call) { return [call](const Request&) { return Answer{dump(call())}; }; };
  const auto post = [](auto call) {
    return [call](const Request& request) { return Answer{dump(call(parse_request(request.body)))}; };
  };
  return {
      {{"GET", "/api/status"}, get([&] { return app.status(); })},
      {{"GET", "/api/model"}, get([&] { return app.model(); })},
      {{"GET", "/api/model/diagram.svg"},
       [&](const Request&) {
         return Answer{app.diagram(), "image/svg+xml"};
       }},
      {{"POST", "/api/model"}, post([&](const Json& request) { return app.use_model(request); })},
      {{"POST", "/api/predict"}, post([&](const Json& request) { return app.predict(request); })},
      {{"POST", "/api/layers"}, post([&](const Json& request) { return app.layers(request); })},
      {{"GET", "/api/training"}, get([&] { return app.training(); })},
      {{"POST", "/api/training"}, post([&](const Json& request) { return app.start_training(request); })},
      {{"POST", "/api/training/stop"}, post([&](const Json&) { return app.stop_training(); })},
      {{"GET", "/api/results"}, get([&] { return app.results(); })},
      {{"POST", "/api/results"}, post([&](const Json&) { return app.start_results(); })},
  };
}

std::string type_of(std::string_view name) {
  static const std::map<std::string_view, std::string> types{
      {"html", "text/html"}, {"css", "text/css"}, {"js", "text/javascript"}, {"svg", "image/svg+xml"}};
  return types.at(name.substr(name.rfind('.') + 1));
}

Routes all_routes(Application& app) {
  Routes routes = api(app);
  for (const EmbeddedFile& file : embedded_web_files()) {
    const Answer answer{std::string(file.bytes), type_of(file.name)};
    const std::string path = file.name == "index.html" ? "" : std::string(file.name);
    routes[{"GET", "/" + path}] = [answer](const Request&) { return answer; };
  }
  return routes;
}

std::string error_body(const std::string& sentence) {
  return dump({{"error", sentence}});
}

void refuse(Response& response, int status, const std::string& sentence) {
  response.status = status;
  response.set_header("Connection", "close");
  response.set_content(error_body(sentence), "application/json");
}

// What httplib itself finds wrong, or a handler throws.
std::string sentence_for(int status) {
  switch (status) {
    case 400:
      return "the request is no HTTP that the server understands";
    case 404:
      return "there is nothing at this address";
    case 413:
      return "the body is too large";
    case 414:
      return "the address is too long";
    default:
      return "the request cannot be answered";
  }
}

// Before a body is read: what is refused need not be sent.
bool refuse_early(const Routes& routes, const std::string& host, const Limits& limits, const Request& request,
                  Response& response) {
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  try {
    check_request(request, host, limits.body);
    if (routes.contains({method, request.path})) return false;
    const std::string other = method == "GET" ? "POST" : "GET";
    if (!routes.contains({other, request.path})) throw Refusal(404, sentence_for(404));
    response.set_header("Allow", other);
    throw Refusal(405, fmt::format("this address answers {} alone", other));
  } catch (const Refusal& refusal) {
    refuse(response, refusal.status, refusal.what());
    return true;
  }
}

void answer_with(const Handler& handler, const Request& request, Response& response) {
  try {
    Answer answer = handler(request);
    response.set_content(answer.body, answer.type);
  } catch (const Refusal& refusal) {
    refuse(response, refusal.status, refusal.what());
  } catch (const std::exception& error) {
    refuse(response, 500, error.what());
  }
}

httplib::Headers headers() {
  return {{"Content-Security-Policy",
           "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'; base-uri 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"Referrer-Policy", "no-referrer"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          {"Cache-Control", "no-store"}};
}

}  // namespace

void add_routes(HttpServer& server, Application& application, const std::string& host, const Limits& limits) {
  const Routes routes = all_routes(application);
  for (const auto& [address, handler] : routes) {
    const auto answer = [handler = handler](const Request& request, Response& response) {
      answer_with(handler, request, response);
    };
    address.first == "GET" ? server.Get(address.second, answer) : server.Post(address.second, answer);
  }
  server.set_default_headers(headers());
  server.set_pre_routing_handler([routes, host, limits](const Request& request, Response& response) {
    return refuse_early(routes, host, limits, request, response)
               ? httplib::Server::HandlerResponse::Handled
               : httplib::Server::HandlerResponse::Unhandled;
  });
  server.set_error_handler([](const Request&, Response& response) {
    if (response.body.empty()) refuse(response, response.status, sentence_for(response.status));
  });
}

}  // namespace antler::digits::server
