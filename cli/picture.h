// Pictures, as files.
#pragma once

#include <filesystem>
#include <string>

namespace antler::cli {

/// Throws Error for an ending other than ".svg" and ".png".
void check_picture(const std::filesystem::path& path);
/// Writes an SVG image as it is, or as the PNG that librsvg makes of it, by the ending; whole or not at all.
/// Throws Error where check_picture() does, and for images of more than 16,384 pixels across.
void write_picture(const std::filesystem::path& path, const std::string& svg);

}  // namespace antler::cli
