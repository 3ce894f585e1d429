// The page's files, which are part of the program.
#pragma once

#include <span>
#include <string_view>

namespace antler::digits::server {

struct WebFile {
  std::string_view path;  ///< "/draw.js"
  std::string_view type;  ///< "text/javascript"
  std::string_view bytes;
};

/// All of them; cmake/AntlerEmbed.cmake writes the source.
std::span<const WebFile> web_files();

}  // namespace antler::digits::server
