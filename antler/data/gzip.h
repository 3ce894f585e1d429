// Gzip (RFC 1952), which data files are often packed with.
#pragma once

#include <filesystem>
#include <string_view>

#include "antler/core/input_file.h"

namespace antler {

/// True when `bytes` begin as gzip does; a file's name says nothing.
bool is_gzip(std::string_view bytes);

/// Unpacks all members of a gzip file, checking the CRC and length of each. `where` names it in errors.
/// Throws Error when it is cut short, damaged or followed by other bytes, and, as a small file can unpack to
/// a huge one, when there are more than `limit` bytes in it.
Bytes gunzip(std::string_view packed, std::string_view where, size_t limit = size_t{4} << 30);

/// A file's content, unpacked if it is gzip. Throws Error as InputFile and gunzip do.
Bytes read_unpacked(const std::filesystem::path& path);

}  // namespace antler
