// Who may ask: visitors of this server's own page, and programs; not the pages of others.
#pragma once

#include <httplib.h>

#include <string>

#include "antler/core/error.h"

namespace antler::digits::server {

/// An answer of 400 or more: its status, and one sentence.
struct Refusal : Error {
  Refusal(int of, const std::string& sentence) : Error(sentence), status(of) {}
  int status;
};

/// Throws Refusal for a request that a page of another origin may have made (403: its Origin is not the Host
/// it asks; or the Host is a name that is not this machine's, which a page may have pointed here), and for
/// bodies that are not JSON of a stated length up to `largest_body` (411, 413, 415, 400). `host` is what the
/// server listens on.
void check_request(const httplib::Request& request, const std::string& host, size_t largest_body);

}  // namespace antler::digits::server
