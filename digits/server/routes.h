// The addresses that the server answers.
#pragma once

#include <string>

#include "digits/server/application.h"
#include "digits/server/http_server.h"

namespace antler::digits::server {

/// The API under /api/ and the page's files; errors as {"error": one sentence}. `host` is what the server
/// listens on. Both must outlive the server's run.
void add_routes(HttpServer& server, Application& application, const std::string& host, const Limits& limits);

}  // namespace antler::digits::server
