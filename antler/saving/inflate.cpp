#include "antler/saving/inflate.h"

#include <isa-l/igzip_lib.h>

#include <memory>

namespace antler::saving {

std::optional<Bytes> inflate(std::string_view packed, uint64_t limit, Framing framing) {
  Bytes bytes(limit);
  const auto state = std::make_unique<inflate_state>();
  isal_inflate_init(state.get());
  state->crc_flag = framing == Framing::zlib ? ISAL_ZLIB : ISAL_DEFLATE;
  // igzip's interface lacks a const; it only reads its input.
  state->next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(packed.data()));
  state->avail_in = static_cast<uint32_t>(packed.size());
  state->next_out = reinterpret_cast<uint8_t*>(bytes.data());
  state->avail_out = static_cast<uint32_t>(limit);
  if (isal_inflate(state.get()) != ISAL_DECOMP_OK || state->block_state != ISAL_BLOCK_FINISH) return {};
  bytes.resize(limit - state->avail_out);
  return bytes;
}

}  // namespace antler::saving
