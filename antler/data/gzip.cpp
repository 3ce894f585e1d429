#include "antler/data/gzip.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "antler/core/error.h"

namespace antler {
namespace {

constexpr size_t largest_step = size_t{1} << 30;  // igzip counts in 32 bits
constexpr size_t densest = 1032;                  // deflate packs no more than this many bytes into one

// The length that the last member claims for itself: as good as the truth for the usual file of one member,
// and no more than a first guess at how much memory to ask for.
size_t claimed_length(std::string_view packed) {
  uint32_t length = 0;
  if (packed.size() < sizeof length) return 0;
  std::memcpy(&length, packed.data() + packed.size() - sizeof length, sizeof length);
  return std::min<size_t>(length, packed.size() * densest);
}

bool is_padding(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

class Unpacker {
 public:
  Unpacker(std::string_view packed, std::string_view where, size_t limit)
      : rest_(packed), where_(where), limit_(limit) {
    bytes_.reserve(std::clamp<size_t>(claimed_length(packed) + 1, 4096, limit + 1));
  }

  Bytes run() && {
    do {
      unpack_member();
    } while (!is_padding(rest_));
    return std::move(bytes_);
  }

 private:
  void unpack_member() {
    if (!is_gzip(rest_)) throw Error("{}: bytes that are no gzip follow the gzip data", where_);
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
    while (state_->block_state != ISAL_BLOCK_FINISH) step();
  }

  void step() {
    if (bytes_.size() == bytes_.capacity()) bytes_.reserve(std::min(2 * bytes_.capacity(), limit_ + 1));
    const size_t room = std::min(bytes_.capacity() - bytes_.size(), largest_step);
    const size_t given = std::min(rest_.size(), largest_step);
    // igzip's interface lacks a const; it only reads its input.
    state_->next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(rest_.data()));
    state_->avail_in = static_cast<uint32_t>(given);
    state_->next_out = reinterpret_cast<uint8_t*>(bytes_.data() + bytes_.size());
    state_->avail_out = static_cast<uint32_t>(room);
    const int outcome = isal_inflate(state_.get());
    rest_.remove_prefix(given - state_->avail_in);
    bytes_.resize(bytes_.size() + room - state_->avail_out);
    if (outcome == ISAL_INCORRECT_CHECKSUM)
      throw Error("{}: the gzip data is damaged: its checksum is wrong", where_);
    if (outcome < 0) throw Error("{}: the gzip data is damaged", where_);
    if (bytes_.size() > limit_) throw Error("{}: unpacks to more than {} MB", where_, limit_ >> 20);
    const bool starved = rest_.empty() && state_->avail_out > 0;
    if (starved && state_->block_state != ISAL_BLOCK_FINISH)
      throw Error("{}: the gzip data is cut short", where_);
  }

  std::string_view rest_;
  std::string_view where_;
  size_t limit_;
  Bytes bytes_;
  std::unique_ptr<inflate_state> state_ = std::make_unique<inflate_state>();
};

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b");
}

Bytes gunzip(std::string_view packed, std::string_view where, size_t limit) {
  return Unpacker(packed, where, limit).run();
}

Bytes read_unpacked(const std::filesystem::path& path) {
  Bytes bytes = InputFile(path).read_all();
  return is_gzip(bytes.text()) ? gunzip(bytes.text(), path.string()) : std::move(bytes);
}

}  // namespace antler
