// Files that are part of the program; cmake/AntlerEmbed.cmake writes the sources.
#pragma once

#include <span>
#include <string_view>

namespace antler::digits {

struct EmbeddedFile {
  std::string_view name;  ///< "draw.js"
  std::string_view bytes;
};

/// digits/models/.
std::span<const EmbeddedFile> embedded_models();
/// digits/strokes.json.
std::span<const EmbeddedFile> embedded_strokes();
/// digits/web/, and the library that draws its charts.
std::span<const EmbeddedFile> embedded_web_files();

}  // namespace antler::digits
