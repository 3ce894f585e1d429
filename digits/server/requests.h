// From what a visitor sends to what is meant.
#pragma once

#include <string>

#include "antler/core/json.h"
#include "digits/centring.h"

namespace antler::digits::server {

/// The body of a request: an object. Throws Refusal (400) for anything else.
Json parse_request(const std::string& body);
/// A whole number in [least, most]. Throws Refusal (400) when it is missing or is none.
int64_t whole_number(const Json& request, const char* name, int64_t least, int64_t most);
/// Throws Refusal (400) when it is missing or no text.
std::string text(const Json& request, const char* name);
/// {"width", "height", "pixels"}: see docs/serve.md. Throws Refusal (400) for anything else.
GreyPicture picture(const Json& request);

}  // namespace antler::digits::server
