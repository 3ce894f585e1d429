#include "digits/server/requests.h"

#include <fmt/core.h>

#include "antler/core/error.h"
#include "digits/server/guard.h"

namespace antler::digits::server {
namespace {

constexpr int64_t largest_side = 256;

const Json& member(const Json& request, const char* name) {
  const auto found = request.find(name);
  if (found == request.end()) throw Refusal(400, fmt::format("the request has no \"{}\"", name));
  return *found;
}

bool is_whole_number(const Json& value, int64_t least, int64_t most) {
  return value.is_number_integer() && value.get<double>() >= static_cast<double>(least) &&
         value.get<double>() <= static_cast<double>(most);
}

}  // namespace

Json parse_request(const std::string& body) {
  try {
    Json request = parse_json(body, "the request");
    if (!request.is_object()) throw Refusal(400, "the request must be a JSON object");
    return request;
  } catch (const Refusal&) {
    throw;
  } catch (const Error& error) {
    throw Refusal(400, error.what());
  }
}

int64_t whole_number(const Json& request, const char* name, int64_t least, int64_t most) {
  const Json& value = member(request, name);
  if (!is_whole_number(value, least, most))
    throw Refusal(400, fmt::format("\"{}\" must be a whole number from {} to {}", name, least, most));
  return value.get<int64_t>();
}

std::string text(const Json& request, const char* name) {
  const Json& value = member(request, name);
  if (!value.is_string()) throw Refusal(400, fmt::format("\"{}\" must be a text", name));
  return value.get<std::string>();
}

GreyPicture picture(const Json& request) {
  GreyPicture picture{.width = whole_number(request, "width", 1, largest_side),
                      .height = whole_number(request, "height", 1, largest_side),
                      .shades = {}};
  const Json& pixels = member(request, "pixels");
  const auto expected = static_cast<size_t>(picture.width * picture.height);
  if (!pixels.is_array() || pixels.size() != expected)
    throw Refusal(400,
                  fmt::format("\"pixels\" must be a list of width times height numbers, {} here", expected));
  picture.shades.reserve(expected);
  for (const Json& pixel : pixels) {
    if (!is_whole_number(pixel, 0, 255))
      throw Refusal(400, "\"pixels\" must be whole numbers from 0 (black) to 255 (white)");
    picture.shades.push_back(pixel.get<uint8_t>());
  }
  return picture;
}

}  // namespace antler::digits::server
