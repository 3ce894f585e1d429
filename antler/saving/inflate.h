// Deflate (RFC 1951), by which members of archives and parts of HDF5 files may be packed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "antler/core/memory.h"

namespace antler::saving {

/// What is around the packed bytes: nothing, or zlib's header and checksum (RFC 1950).
enum class Framing { none, zlib };

/// All bytes that are packed in `packed`; nothing where it is damaged or cut short, or holds more than
/// `limit` bytes. Asks for `limit` bytes of memory: whoever calls holds that against what is there. Both
/// sizes must be less than 4 GiB.
std::optional<Bytes> inflate(std::string_view packed, uint64_t limit, Framing framing);

}  // namespace antler::saving
