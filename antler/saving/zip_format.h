// The records of a zip archive, by PKWARE's APPNOTE.TXT: what its reader and its writer share. All numbers
// are little endian.
#pragma once

#include <isa-l/crc.h>

#include <cstdint>
#include <limits>
#include <string_view>

namespace antler::saving::zip {

inline constexpr std::string_view local_header = "PK\3\4";
inline constexpr std::string_view directory_entry = "PK\1\2";
inline constexpr std::string_view end_of_directory = "PK\5\6";
inline constexpr uint64_t local_header_size = 30;
inline constexpr uint64_t directory_entry_size = 46;
inline constexpr uint64_t end_of_directory_size = 22;

inline constexpr uint64_t stored = 0;
inline constexpr uint64_t deflated = 8;
/// From here on numbers stand elsewhere, in records that antler does not have ("Zip64").
inline constexpr uint64_t too_large = std::numeric_limits<uint32_t>::max();

inline uint32_t checksum(std::string_view bytes) {
  return crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

}  // namespace antler::saving::zip
